namespace Siaga.Messages;

/// <summary>The picture of an anomaly, stored beside its clip. <c>PUT /internal/anomalies/{id}/picture</c>.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record StoredPicture(string StorageKey, long Size, string Sha256);

/// <param name="StorageKey">Of the picture that counts: the first one stays.</param>
public sealed record StoredPictureAnswer(string StorageKey);

/// <summary>
/// A camera's newest picture, stored. The Backend ignores one that is older than its own. <c>PUT /internal/cameras/{id}/picture</c>.
/// </summary>
/// <param name="ClipId">The clip that the picture is the first frame of.</param>
/// <param name="CapturedAt">Capture time of the clip. UTC.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record StoredCameraPicture(string ClipId, DateTimeOffset CapturedAt, string StorageKey, long Size, string Sha256);

/// <param name="IsLast">False: there is a newer picture, and this one was deleted.</param>
public sealed record StoredCameraPictureAnswer(bool IsLast);
