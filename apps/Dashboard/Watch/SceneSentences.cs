using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Watch;

/// <summary>The scene detector's sentences, which it writes in English, in the reader's language. One that is not known here stays as it is.</summary>
public static class SceneSentences
{
    // What the detector writes, with a star for each number.
    private static readonly (string English, LocalizedText Other)[] s_sentences =
    [
        ("Moves at * px/s here, where * is normal.", new("", "Bergerak {0} px/dtk di sini; yang biasa {1}.")),
        ("* of this surrounding moves, where * is normal.", new("", "{0} dari sekitarnya bergerak; yang biasa {1}.")),
        ("Something is here, where something is * of the time.", new("", "Ada sesuatu di tempat ini, yang hanya terisi {0} dari waktu.")),
        ("Moves in a direction that * of the movements here have.", new("", "Bergerak ke arah yang hanya dimiliki {0} gerakan di sini.")),
        ("The picture as a whole is * away from anything remembered; * is seldom exceeded.", new("", "Gambar secara keseluruhan berjarak {0} dari semua yang diingat; jarang melebihi {1}.")),
    ];

    public static string In(Localizer localizer, string sentence)
    {
        if (localizer.Language == Language.English)
            return sentence;
        foreach (var (english, other) in s_sentences)
        {
            if (NumbersIn(sentence, english.Split('*')) is { } numbers)
                return localizer[other, numbers];
        }

        return sentence;
    }

    /// <summary>What stands between the parts; null where it is another sentence.</summary>
    private static object[]? NumbersIn(string sentence, string[] parts)
    {
        if (!sentence.StartsWith(parts[0], StringComparison.Ordinal))
            return null;
        var numbers = new object[parts.Length - 1];
        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            var next = sentence.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (next < 0)
                return null;
            numbers[i - 1] = sentence[at..next];
            at = next + parts[i].Length;
        }

        return at == sentence.Length ? numbers : null;
    }
}
