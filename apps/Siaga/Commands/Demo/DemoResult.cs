using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siaga.App.Siaga.Commands.Demo;

/// <summary>What came of a sample clip.</summary>
/// <param name="Clip">File name.</param>
/// <param name="ClipId">As Ingestion named it.</param>
/// <param name="Anomaly">The verdict; null: no result came in time.</param>
/// <param name="Label">The verdict's label.</param>
/// <param name="Labels">All scores.</param>
/// <param name="Confidence">Of an anomaly.</param>
/// <param name="SecondsToReport">From the clip's arrival to its stored result.</param>
/// <param name="SecondsToAlarm">From the clip's arrival until a client that listens heard of it; null for a normal clip.</param>
internal sealed record DemoResult(
    string Clip, string ClipId, bool? Anomaly, string? Label, IReadOnlyDictionary<string, double> Labels, double? Confidence,
    double? SecondsToReport, double? SecondsToAlarm)
{
    public const double Tolerance = 0.01;

    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What TensorFlow answers; null: nobody has asked it.</summary>
    [JsonIgnore]
    public SampleAnswer? Expected { get; init; }

    /// <summary>The verdict is right and every score is TensorFlow's.</summary>
    public bool IsAsExpected => Expected is null
        ? Anomaly is not null
        : Anomaly == Expected.Anomaly && Expected.Scores.All(s => Math.Abs(Labels.GetValueOrDefault(s.Key, double.NaN) - s.Value) <= Tolerance);
}
