using System.Text.Json;
using System.Text.Json.Serialization;
using Siaga.Primitives;

namespace Siaga.Analysis;

/// <summary>
/// How a model wants its clips, and what its outputs mean: <c>NAME.json</c> beside <c>NAME.h5</c>. Every field is optional.
/// </summary>
public sealed record ModelManifest
{
    /// <summary>Label names in the order of the model's outputs.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>
    /// The labels that count as anomalies. Default: all but <c>normal</c>, <c>none</c>, <c>regular…</c>, <c>non…</c>.
    /// </summary>
    public IReadOnlyList<string>? Anomalies { get; init; }

    /// <summary>The sum of the anomaly labels' scores from which a clip is an anomaly, 0 to 1.</summary>
    public double Threshold { get; init; } = 0.65;

    /// <summary>
    /// <c>uniform</c>: every (total / T)-th decoded frame; <c>first</c>, <c>last</c>: the first or last T frames; <c>window</c>: every run
    /// of T frames, <see cref="Stride"/> apart, each scored on its own.
    /// </summary>
    public string Select { get; init; } = "uniform";

    /// <summary>For <c>window</c>: frames from the start of one window to the start of the next, at least 1.</summary>
    public int Stride { get; init; } = 5;

    /// <summary>For <c>window</c>: how the windows' scores are aggregated: <c>max</c>, <c>mean</c> or <c>p90</c>.</summary>
    public string Aggregate { get; init; } = "max";

    /// <summary>For <c>window</c>: how many windows in a row must reach the threshold, at least 1.</summary>
    public int Consecutive { get; init; } = 1;

    /// <summary>For clips of fewer than T frames: <c>repeat_last</c>, <c>zero_pad</c> or <c>reject</c>.</summary>
    public string ShortClip { get; init; } = "repeat_last";

    /// <summary>OpenCV's interpolation: <c>linear</c>, <c>area</c>, <c>nearest</c> or <c>cubic</c>.</summary>
    public string Resize { get; init; } = "linear";

    /// <summary><c>bgr</c>, <c>rgb</c> or <c>gray</c>. Default: bgr for three channels, gray for one.</summary>
    public string? Colour { get; init; }

    /// <summary>
    /// <c>1/255</c>, <c>1/256</c>, <c>1/127.5-1</c>, <c>none</c>, or <c>zscore</c>: mean 0 and standard deviation 1 over all frames of
    /// one input.
    /// </summary>
    public string Scale { get; init; } = "1/255";

    /// <summary>
    /// Feeds the model frame differences: each selected frame is replaced by its absolute difference from the frame before it in the clip,
    /// blurred by a 3×3 Gaussian, before resizing. The clip's first frame has none before it and is black.
    /// </summary>
    public bool Difference { get; init; }

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads the manifest beside a model; returns the defaults when there is none.</summary>
    public static Result<ModelManifest> Beside(string modelPath)
    {
        var path = Path.ChangeExtension(modelPath, ".json");
        return File.Exists(path) ? Read(path) : new ModelManifest();
    }

    /// <summary>Reads and validates a manifest; the error lists everything that is wrong with it.</summary>
    public static Result<ModelManifest> Read(string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<ModelManifest>(File.ReadAllText(path), s_json);
            if (manifest is null)
                return Invalid("it is null");
            return manifest.Check() is { } error ? error : manifest;
        }
        catch (JsonException e)
        {
            return Invalid(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Invalid(e.Message);
        }
    }

    /// <summary>Lists everything that is wrong, in one error; null when the manifest is valid.</summary>
    public Error? Check()
    {
        var problems = Problems().ToList();
        return problems.Count == 0 ? null : Invalid(string.Join("; ", problems));
    }

    internal bool IsAnomaly(string label) => Anomalies?.Contains(label, StringComparer.Ordinal) ?? !IsCalm(label);

    internal IReadOnlyList<string>? LabelsFor(int outputs) => Labels ?? outputs switch
    {
        1 => ["anomaly"],
        2 => ["anomaly", "normal"],
        _ => null,
    };

    private static bool IsCalm(string label) => label.Equals("normal", StringComparison.OrdinalIgnoreCase)
        || label.Equals("none", StringComparison.OrdinalIgnoreCase)
        || label.StartsWith("regular", StringComparison.OrdinalIgnoreCase)
        || label.StartsWith("non", StringComparison.OrdinalIgnoreCase);

    private static Error Invalid(string why) => new(ErrorKind.Invalid, "manifest_invalid", $"The model's manifest cannot be used: {why}.");

    private IEnumerable<string> Problems()
    {
        if (Threshold is < 0 or > 1 or double.NaN)
            yield return $"'threshold' must be from 0 to 1, not {Threshold}";
        if (Stride < 1)
            yield return $"'stride' must be at least 1, not {Stride}";
        if (Consecutive < 1)
            yield return $"'consecutive' must be at least 1, not {Consecutive}";
        if (Labels?.Count is 0 || Labels?.Distinct(StringComparer.Ordinal).Count() < Labels?.Count)
            yield return "'labels' must be names, each only once";
        foreach (var stranger in Anomalies?.Except(Labels ?? ["anomaly", "normal"], StringComparer.Ordinal) ?? [])
            yield return $"'anomalies' has '{stranger}', which is not one of the labels";
        foreach (var (field, value, allowed) in Choices().Where(c => c.Value is not null && !c.Allowed.Contains(c.Value)))
            yield return $"'{field}' must be one of {string.Join(", ", allowed)}, not '{value}'";
    }

    private IEnumerable<(string Field, string? Value, string[] Allowed)> Choices() =>
    [
        ("select", Select, ["uniform", "first", "last", "window"]),
        ("aggregate", Aggregate, ["max", "mean", "p90"]),
        ("short_clip", ShortClip, ["repeat_last", "zero_pad", "reject"]),
        ("resize", Resize, ["linear", "area", "nearest", "cubic"]),
        ("colour", Colour, ["bgr", "rgb", "gray"]),
        ("scale", Scale, ["1/255", "1/256", "1/127.5-1", "zscore", "none"]),
    ];
}
