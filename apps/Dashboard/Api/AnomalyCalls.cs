using System.Globalization;
using System.Text.Json.Serialization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Anomalies: the list, one, and what people decide.</summary>
public sealed class AnomalyCalls(ApiClient api)
{
    public const int MostAPage = 200;

    /// <param name="query">Such as <c>status=new&amp;camera_id=9</c>.</param>
    /// <param name="pages">At most so many of 200.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Answer<List<Anomaly>>> ListAsync(string query, int pages, CancellationToken cancellationToken = default) =>
        api.ListAsync($"/api/anomalies?limit={MostAPage}&{query}", AnomalyJson.Default.ListAnomaly, pages, cancellationToken);

    /// <summary>A page that an earlier answer named, or the first.</summary>
    public Task<Answer<List<Anomaly>>> PageAsync(string path, CancellationToken cancellationToken = default) =>
        api.GetAsync(path, AnomalyJson.Default.ListAnomaly, cancellationToken);

    /// <summary>One, with links that work from now.</summary>
    public Task<Answer<Anomaly>> FindAsync(long id, CancellationToken cancellationToken = default) =>
        api.GetAsync(Path(id), AnomalyJson.Default.Anomaly, cancellationToken);

    public Task<Answer<Anomaly>> AcknowledgeAsync(long id) =>
        api.SendAsync(HttpMethod.Post, Path(id) + "/acknowledge", new Note(null), AnomalyJson.Default.Note, AnomalyJson.Default.Anomaly);

    public Task<Answer<Anomaly>> ResolveAsync(long id, string resolution, bool normal = false) => api.SendAsync(
        HttpMethod.Post, Path(id) + "/resolve", new Resolve(resolution, normal), AnomalyJson.Default.Resolve, AnomalyJson.Default.Anomaly);

    /// <summary>Takes a decision back.</summary>
    public Task<Answer<Anomaly>> ReopenAsync(long id) =>
        api.SendAsync(HttpMethod.Post, Path(id) + "/reopen", new Note(null), AnomalyJson.Default.Note, AnomalyJson.Default.Anomaly);

    private static string Path(long id) => string.Create(CultureInfo.InvariantCulture, $"/api/anomalies/{id}");
}

public static class Statuses
{
    public const string New = "new";
    public const string Acknowledged = "acknowledged";
    public const string Resolved = "resolved";
}

public static class Resolutions
{
    public const string Confirmed = "confirmed";
    public const string FalseAlarm = "false_alarm";
}

/// <summary>As lists, single answers and events tell it.</summary>
public sealed record Anomaly(
    long Id, long CameraId, long CompanyId, string AnomalyType, double Confidence, string VideoClipUrl, DateTimeOffset CapturedAt,
    DateTimeOffset ReceivedAt, DateTimeOffset ReportedAt, string Status)
{
    public string? PictureUrl { get; init; }

    /// <summary><c>model</c> or <c>scene</c>.</summary>
    public string Detector { get; init; } = "model";

    public SceneFinding? Scene { get; init; }

    /// <summary>Values of the finding that raised it; null for anomalies that were stored without them.</summary>
    public FindingValues? Finding { get; init; }

    public ModelName? Model { get; init; }

    public string? ClipId { get; init; }

    /// <summary>The strongest window, seconds from the clip's first frame.</summary>
    public double? FromS { get; init; }

    public double? ToS { get; init; }

    public string? Resolution { get; init; }

    public string? AcknowledgeNote { get; init; }

    public string? ResolveNote { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public long? AcknowledgedBy { get; init; }

    public long? ResolvedBy { get; init; }

    /// <summary>When it happened, not only in which clip.</summary>
    public DateTimeOffset HappenedAt => CapturedAt.AddSeconds(MomentS);

    /// <summary>Seconds from the clip's first frame to what it is about.</summary>
    public double MomentS => Detector == "scene" && Scene is { } scene ? scene.AtS : FromS ?? 0;
}

public sealed record ModelName(string Name);

/// <param name="Attribute"><c>speed</c>, <c>size</c>, <c>place</c>, <c>direction</c> or <c>scene</c>; null from a model.</param>
/// <param name="Value">In the attribute's own unit: pixels a second, a share of 1, or a distance.</param>
/// <param name="Usual">The usual value here, in the same unit.</param>
public sealed record FindingValues(string? Attribute, double? Value, double? Usual);

/// <param name="Score">Each 1 more is about ten times as rare here.</param>
/// <param name="Threshold">Above it is an alarm.</param>
/// <param name="AtS">Seconds from the clip's first frame.</param>
public sealed record SceneFinding(double Score, double Threshold, double AtS)
{
    public bool Alarm { get; init; }

    public bool Moved { get; init; }

    /// <summary>Left, top, width, height in the clip's own pixels.</summary>
    public int[]? Box { get; init; }

    public string? Attribute { get; init; }

    /// <summary>In English, with its numbers.</summary>
    public string? Explanation { get; init; }
}

public sealed record Note([property: JsonPropertyName("note")] string? Text);

public sealed record Resolve(string Resolution, bool Normal);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<Anomaly>))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Resolve))]
public sealed partial class AnomalyJson : JsonSerializerContext;
