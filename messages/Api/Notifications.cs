using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary><c>POST /api/notifications/test</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record TestNotificationRequest
{
    /// <summary>Default: the newest anomaly.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? AnomalyId { get; init; }
}

/// <param name="Ok">True if there was an anomaly to send.</param>
/// <param name="AnomalyId">0: the company has none yet.</param>
/// <param name="TokensCount">The company's registered phones.</param>
public sealed record TestNotificationResponse(bool Ok, long AnomalyId, long CameraId, long CompanyId, int TokensCount);
