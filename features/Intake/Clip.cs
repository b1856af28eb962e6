using Siaga.Database;

namespace Siaga.Intake;

/// <summary>A clip in Ingestion's database: stored durably, with the state of its analysis.</summary>
internal sealed class Clip : IOwnedByCompany
{
    /// <summary>A UUID of version 7, as text.</summary>
    public required string Id { get; init; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    /// <summary>The one analysis task that was made when it arrived.</summary>
    public required string TaskId { get; init; }

    /// <summary>The uploader's own name of the request, unique per camera; null if none was given.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// Camera, capture time as given and SHA-256 in one text, unique: a clip that is sent again is recognised. Without a
    /// capture time the same bytes from the same camera are the same clip, because no two recordings are identical to the bit.
    /// </summary>
    public required string ContentKey { get; init; }

    public required string StorageKey { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string OriginalFilename { get; init; }

    /// <summary>When it begins, as the camera says; when it arrived if the camera does not say.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>When its last byte arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary><c>queued</c>, <c>analysed</c> or <c>failed</c>; shown as <c>stored</c> while its message is still in the outbox.</summary>
    public required string State { get; set; }

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Reason { get; set; }

    /// <summary>When the result was stored.</summary>
    public DateTimeOffset? AnalysedAt { get; set; }

    public static string ContentKeyOf(long cameraId, DateTimeOffset? capturedAt, string sha256) =>
        $"{cameraId}/{capturedAt?.ToUnixTimeMilliseconds()}/{sha256}";
}

/// <summary>
/// An intention: an object that is about to become visible. Its row is deleted
/// when its clip's row is added; a row that remains marks an interrupted upload.
/// </summary>
internal sealed class PendingObject
{
    public required string StorageKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A camera key as Ingestion learned it from the Backend.</summary>
internal sealed class KnownKey
{
    /// <summary>The Backend's id of the key.</summary>
    public required long Id { get; init; }

    /// <summary>SHA-256 of the key, lower-case hexadecimal.</summary>
    public required string Hash { get; set; }

    public required long CameraId { get; set; }

    public required long CompanyId { get; set; }

    /// <summary>False once it was revoked, or its camera or company archived.</summary>
    public required bool Active { get; set; }
}
