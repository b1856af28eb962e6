using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Watch;

/// <summary>The scene detector's sentences, which it writes in English, in the reader's language. One that is not known here stays as it is.</summary>
public static class SceneSentences
{
    public static string In(Speech speech, string sentence) => speech.Tongue == Tongue.English ? sentence : sentence;
}
