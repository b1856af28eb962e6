using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siaga.App.Siaga.Commands.Demo;

/// <summary>The result of a sample clip.</summary>
/// <param name="Clip">File name.</param>
/// <param name="ClipId">The id that Ingestion gave it.</param>
/// <param name="Anomaly">The verdict; null: no result came in time.</param>
/// <param name="Label">The verdict's label.</param>
/// <param name="Labels">All scores.</param>
/// <param name="Confidence">Of an anomaly.</param>
/// <param name="SecondsToReport">From the clip's arrival to its stored result.</param>
/// <param name="SecondsToAlarm">From the clip's arrival until a listening client got the alarm; null for a normal clip.</param>
internal sealed record DemoResult(
    string Clip,
    string ClipId,
    bool? Anomaly,
    string? Label,
    IReadOnlyDictionary<string, double> Labels,
    double? Confidence,
    double? SecondsToReport,
    double? SecondsToAlarm)
{
    public const double Tolerance = 0.01;

    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>TensorFlow's answer; null if it is unknown.</summary>
    [JsonIgnore]
    public SampleAnswer? Expected { get; init; }

    /// <summary>The verdict is right and every score is TensorFlow's.</summary>
    public bool IsAsExpected => Expected is null
        ? Anomaly is not null
        : Anomaly == Expected.Anomaly && Expected.Scores.All(
            s => Math.Abs(Labels.GetValueOrDefault(s.Key, double.NaN) - s.Value) <= Tolerance);
}
