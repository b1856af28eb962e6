using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Watch;

/// <summary>The scene detector's sentences, which it writes in English, in the reader's language. One that is not known here stays as it is.</summary>
public static class SceneSentences
{
    private const string Speed = "Moves at ";
    private const string Size = " of this surrounding moves, where ";

    private static readonly Words s_speed = new("", "Bergerak {0} di sini; yang biasa {1}.");
    private static readonly Words s_size = new("", "{0} sekitarnya bergerak; yang biasa {1}.");

    public static string In(Speech speech, string sentence)
    {
        const string usual = " is normal.";
        if (speech.Tongue == Tongue.English || !sentence.EndsWith(usual, StringComparison.Ordinal))
            return sentence;
        var said = sentence[..^usual.Length];
        if (said.StartsWith(Speed, StringComparison.Ordinal) && said[Speed.Length..].Split(" here, where ") is [var here, var normal])
            return speech[s_speed, here, normal + " px/s"];
        return said.Split(Size) is [var share, var spread] ? speech[s_size, share, spread] : sentence;
    }
}
