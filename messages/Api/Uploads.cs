namespace Siaga.Messages.Api;

/// <summary>A clip is durable. <c>POST /ingest/video</c>.</summary>
/// <param name="StatusUrl">Path that answers where the clip is.</param>
public sealed record ReceiveClipResponse(string ClipId, string StatusUrl);

/// <summary>A clip's state at Ingestion. <c>GET /ingest/clips/{clip_id}</c>.</summary>
/// <param name="State"><c>stored</c>, <c>queued</c>, <c>analysed</c> or <c>failed</c>.</param>
/// <param name="Reason">Why the analysis failed, in one sentence.</param>
/// <param name="AnalysedAt">Absent until the Backend has stored a result.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Size">Bytes.</param>
public sealed record ShowClipResponse(
    string ClipId, long CameraId, string State, string? Reason, DateTimeOffset ReceivedAt, DateTimeOffset CapturedAt,
    DateTimeOffset? AnalysedAt, string Sha256, long Size);
