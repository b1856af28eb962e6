using System.Text.Json;

namespace Siaga.App.Siaga.Commands.Demo;

/// <summary>TensorFlow's answer for a sample clip.</summary>
/// <param name="Anomaly">The right verdict.</param>
/// <param name="Scores">By label.</param>
internal sealed record SampleAnswer(bool Anomaly, IReadOnlyDictionary<string, double> Scores);

/// <summary>The sample model and clips that come with the executable.</summary>
/// <param name="Model">Path of the model.</param>
/// <param name="Clips">Paths of the clips.</param>
/// <param name="Expected">By the clips' file names.</param>
internal sealed record Samples(string Model, IReadOnlyList<string> Clips, IReadOnlyDictionary<string, SampleAnswer> Expected)
{
    /// <exception cref="IOException">They are not next to the executable.</exception>
    public static Samples Find()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "samples");
        if (!Directory.Exists(folder))
            throw new IOException($"The samples are missing from {folder}; reinstall Siaga.");
        using var answers = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "answers.json")));
        return new Samples(
            Path.Combine(folder, "model.h5"),
            [.. Directory.GetFiles(Path.Combine(folder, "clips"), "*.mp4").Order(StringComparer.Ordinal)],
            answers.RootElement.EnumerateArray().ToDictionary(a => a.GetProperty("clip").GetString()!, AnswerOf, StringComparer.Ordinal));
    }

    private static SampleAnswer AnswerOf(JsonElement answer) => new(
        answer.GetProperty("kind").GetString() == "anomaly",
        answer.GetProperty("scores").EnumerateObject().ToDictionary(s => s.Name, s => s.Value.GetDouble(), StringComparer.Ordinal));
}
