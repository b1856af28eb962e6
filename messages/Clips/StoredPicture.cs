namespace Siaga.Messages;

/// <summary>The picture of an anomaly, stored beside its clip. <c>PUT /internal/anomalies/{id}/picture</c>.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record StoredPicture(string StorageKey, long Size, string Sha256);

/// <summary>A camera's newest picture, stored. One older than the Backend has changes nothing. <c>PUT /internal/cameras/{id}/picture</c>.</summary>
/// <param name="ClipId">The clip whose first frame it is.</param>
/// <param name="CapturedAt">The clip's. UTC.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record StoredCameraPicture(string ClipId, DateTimeOffset CapturedAt, string StorageKey, long Size, string Sha256);
