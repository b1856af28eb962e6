using System.Text.Json.Nodes;

namespace Siaga.Web;

/// <summary>What features may ask about what was found in clips, within the caller's scope.</summary>
public interface IClipFindings
{
    /// <summary>A camera's clips that begin in a span and were looked at; each once, however often it was.</summary>
    /// <param name="cameraId">The camera.</param>
    /// <param name="from">Included.</param>
    /// <param name="to">Excluded.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyDictionary<string, ClipLook>> LooksAsync(long cameraId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The anomalies of a camera's clips that begin in a span, the earliest first.</summary>
    /// <param name="cameraId">The camera.</param>
    /// <param name="from">Included.</param>
    /// <param name="to">Excluded.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ClipAnomaly>> AnomaliesAsync(long cameraId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>What came of one clip; null: nobody has looked at it yet.</summary>
    Task<ClipLook?> LookAsync(string clipId, CancellationToken cancellationToken);

    /// <summary>All that was found in one clip, as the API tells it, without its links.</summary>
    Task<ClipReport> ReportAsync(string clipId, CancellationToken cancellationToken);
}

/// <summary>How far a clip has got, as a day shows it.</summary>
public enum ClipState
{
    /// <summary>It is stored; its result is not there yet.</summary>
    Waiting,

    /// <summary>Nothing was found in it.</summary>
    Normal,

    /// <summary>An alarm was raised.</summary>
    Anomaly,

    /// <summary>It could not be looked at.</summary>
    Failed,
}

/// <param name="State">What came of it.</param>
/// <param name="Seconds">The clip's length; 0: unknown.</param>
public sealed record ClipLook(ClipState State, double Seconds);

/// <param name="Id">The anomaly.</param>
/// <param name="ClipId">Null where a worker of old did not say.</param>
/// <param name="From">Its strongest moment begins; the clip's beginning where that is not known.</param>
/// <param name="To">Null: not known.</param>
/// <param name="AnomalyType">The label.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Status"><c>new</c>, <c>acknowledged</c> or <c>resolved</c>.</param>
public sealed record ClipAnomaly(
    long Id, string? ClipId, DateTimeOffset From, DateTimeOffset? To, string AnomalyType, double Confidence, string Status);

/// <param name="Analyses">With their windows, model and detector.</param>
/// <param name="Anomalies">With what people did about them.</param>
public sealed record ClipReport(JsonArray Analyses, JsonArray Anomalies);
