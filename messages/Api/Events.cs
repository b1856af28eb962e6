namespace Siaga.Messages.Api;

/// <summary>A user's decision on an anomaly. <c>event: anomaly_changed</c> of <c>GET /api/events</c>.</summary>
/// <param name="Id">The anomaly's id.</param>
/// <param name="CameraId">The anomaly's camera.</param>
/// <param name="Status">The status after the decision.</param>
/// <param name="Resolution">The user's decision; absent until the anomaly is resolved.</param>
public sealed record AnomalyChange(long Id, long CameraId, AnomalyStatus Status, Resolution? Resolution);

/// <summary>
/// A camera shows another view, so that its scene detector learns anew. <c>event: camera_moved</c> of <c>GET /api/events</c>.
/// </summary>
/// <param name="SceneVersion">The first version of the new view.</param>
public sealed record CameraMove(long CameraId, long CompanyId, int SceneVersion, DateTimeOffset MovedAt);

/// <summary>A test. <c>event: notification_test</c> of <c>GET /api/events</c>.</summary>
public sealed record NotificationTest(long AnomalyId, long CameraId, long CompanyId);
