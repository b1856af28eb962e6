using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary>What a camera recorded between two times. <c>GET /api/cameras/{camera}/recordings</c>.</summary>
/// <param name="CameraId">Its id as text, because clients also ask by stream key.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Count">Items in this answer; the <c>Link</c> header leads to more.</param>
/// <param name="Items">Oldest first.</param>
public sealed record ListRecordingsResponse(
    string CameraId, DateTimeOffset From, DateTimeOffset To, int Count, IReadOnlyList<ListRecordingsItem> Items);

/// <param name="Key">Storage key; its last part contains the capture time.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Url">Plays for some minutes; only with <c>presign=1</c>.</param>
public sealed record ListRecordingsItem(
    string Key, long Size, string? Url, string ClipId, DateTimeOffset CapturedAt, DateTimeOffset ReceivedAt);

/// <summary>A camera's day. <c>GET /api/cameras/{id}/day</c>.</summary>
/// <param name="Date">Such as 2026-11-24, in the camera's time zone.</param>
/// <param name="TimeZone">The camera's IANA time zone.</param>
/// <param name="From">The day's first moment.</param>
/// <param name="To">The next day's first moment: 23, 24 or 25 hours later.</param>
/// <param name="Clips">In the order of their beginnings; the first may have begun the day before.</param>
/// <param name="Gaps">Without a clip for longer than twice the camera's usual interval; none in the future.</param>
/// <param name="Anomalies">In the order of their clips' beginnings.</param>
public sealed record ShowDayResponse(
    string Date,
    string TimeZone,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<ShowDayClipItem> Clips,
    IReadOnlyList<ShowDayGapItem> Gaps,
    IReadOnlyList<ShowDayAnomalyItem> Anomalies);

/// <param name="To">Estimated while the clip waits for analysis.</param>
public sealed record ShowDayClipItem(string ClipId, DateTimeOffset From, DateTimeOffset To, ClipState State);

/// <summary>A clip's state, as the history of a day shows it.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ClipState>))]
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

public sealed record ShowDayGapItem(DateTimeOffset From, DateTimeOffset To);

/// <param name="Confidence">0 to 1.</param>
/// <param name="Status"><c>new</c>, <c>acknowledged</c> or <c>resolved</c>.</param>
public sealed record ShowDayAnomalyItem(
    long Id, DateTimeOffset From, DateTimeOffset To, string AnomalyType, double Confidence, string Status)
{
    public string? ClipId { get; init; }
}
