using System.Text.Json.Nodes;

namespace Siaga.Ports;

/// <summary>What other features may query about findings in clips, within the caller's scope.</summary>
public interface IClipFindings
{
    /// <summary>A camera's analysed clips that start in a time range; each appears once, even if it was analysed several times.</summary>
    /// <param name="cameraId">The camera.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    Task<IReadOnlyDictionary<string, ClipLook>> LooksAsync(
        long cameraId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The anomalies of a camera's clips that start in a time range, earliest first.</summary>
    /// <param name="cameraId">The camera.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    Task<IReadOnlyList<ClipAnomaly>> AnomaliesAsync(
        long cameraId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The state of one clip; null when it has not been analysed yet.</summary>
    Task<ClipLook?> LookAsync(string clipId, CancellationToken cancellationToken);

    /// <summary>All findings in one clip, as JSON for the API, without links.</summary>
    Task<ClipReport> ReportAsync(string clipId, CancellationToken cancellationToken);
}

/// <summary>A clip's state, as the history of a day shows it.</summary>
public enum ClipState
{
    /// <summary>The clip is stored and not analysed yet.</summary>
    Waiting,

    /// <summary>Analysed, nothing found.</summary>
    Normal,

    /// <summary>An alarm was raised.</summary>
    Anomaly,

    /// <summary>The analysis failed.</summary>
    Failed,
}

/// <param name="State">The outcome of its analysis.</param>
/// <param name="Seconds">The clip's length; 0 when unknown.</param>
public sealed record ClipLook(ClipState State, double Seconds)
{
    /// <summary>The file's format; set for a single clip, not in lists. Null when unknown.</summary>
    public ClipFormat? Form { get; init; }
}

/// <param name="Id">The anomaly's id.</param>
/// <param name="ClipId">Null if it was reported by an older worker, which did not send it.</param>
/// <param name="From">Start of its strongest moment; the clip's start if unknown.</param>
/// <param name="To">End of its strongest moment; null when unknown.</param>
/// <param name="AnomalyType">The label.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Status"><c>new</c>, <c>acknowledged</c> or <c>resolved</c>.</param>
public sealed record ClipAnomaly(
    long Id, string? ClipId, DateTimeOffset From, DateTimeOffset? To, string AnomalyType, double Confidence, string Status);

/// <param name="Analyses">With their windows, model and detector.</param>
/// <param name="Anomalies">With the decisions people made about them.</param>
public sealed record ClipReport(JsonArray Analyses, JsonArray Anomalies);
