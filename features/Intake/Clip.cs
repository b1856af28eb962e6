using Siaga.Database;

namespace Siaga.Intake;

/// <summary>A clip in Ingestion's ledger: durable in storage, and where it has got to.</summary>
internal sealed class Clip : IOwnedByCompany
{
    /// <summary>A UUID of version 7, as text.</summary>
    public required string Id { get; init; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    /// <summary>The one analysis task that its arrival made.</summary>
    public required string TaskId { get; init; }

    /// <summary>The uploader's own name of the request, unique for its camera; null when none was given.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// Camera, capture time as given and SHA-256 in one text, unique: the same clip again is the same clip. Where no capture time was
    /// given, the same bytes from the same camera are: no two recordings are alike to the bit.
    /// </summary>
    public required string ContentKey { get; init; }

    public required string StorageKey { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string OriginalFilename { get; init; }

    /// <summary>When it begins, as the camera says; its arrival where the camera does not say.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>When its last byte arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary><c>queued</c>, <c>analysed</c> or <c>failed</c>. It is <c>stored</c> only while its message is still in the outbox.</summary>
    public required string State { get; set; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Reason { get; set; }

    /// <summary>When the result was stored.</summary>
    public DateTimeOffset? AnalysedAt { get; set; }

    public static string ContentKeyOf(long cameraId, DateTimeOffset? capturedAt, string sha256) =>
        $"{cameraId}/{capturedAt?.ToUnixTimeMilliseconds()}/{sha256}";
}

/// <summary>An object that is about to become visible. Its row goes when its clip's row comes; what is left over was interrupted.</summary>
internal sealed class PendingObject
{
    public required string StorageKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A camera's key as Ingestion has learned it from the Backend.</summary>
internal sealed class KnownKey
{
    /// <summary>The Backend's number of it.</summary>
    public required long Id { get; init; }

    /// <summary>SHA-256 of the key, lower-case hexadecimal.</summary>
    public required string Hash { get; set; }

    public required long CameraId { get; set; }

    public required long CompanyId { get; set; }

    /// <summary>False once revoked, or its camera or company archived.</summary>
    public required bool Active { get; set; }
}
