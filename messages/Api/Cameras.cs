using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary>A camera. An item of <c>GET /api/cameras</c>.</summary>
/// <param name="HlsUrl">Empty without a media server; so are the next two.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="FalseAlarmsADay">The camera's sensitivity: accepted false alarms a day.</param>
/// <param name="Scene">Null without the scene detector.</param>
public sealed record ListCamerasItem(
    long Id,
    long CompanyId,
    string Name,
    string? Location,
    string StreamKey,
    string HlsUrl,
    string RtspUrl,
    string WebrtcUrl,
    string TimeZone,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ArchivedAt,
    double FalseAlarmsADay,
    CameraScene? Scene)
{
    /// <summary>What people should know of it; absent for nothing.</summary>
    public string? Notes { get; init; }

    /// <summary>Whether its clips arrive as usual.</summary>
    public CameraState State { get; init; }

    /// <summary>When its newest clip begins; absent before the first.</summary>
    public DateTimeOffset? LastClipAt { get; init; }

    /// <summary>Minutes of footage that the scene detector still needs; absent before its first version and once it is ready.</summary>
    public int? LearningMinutesLeft { get; init; }

    /// <summary>Path of its last picture; absent if there is none.</summary>
    public string? PictureUrl { get; init; }
}

/// <summary>Whether a camera delivers clips, judged by its own usual interval.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CameraState>))]
public enum CameraState
{
    /// <summary>No clip has arrived yet.</summary>
    New,

    /// <summary>Clips arrive as usual.</summary>
    Delivering,

    /// <summary>The next clip is overdue.</summary>
    Late,

    /// <summary>The camera has stopped delivering.</summary>
    Silent,
}

/// <param name="State">The learning progress.</param>
/// <param name="Version">The newest scene version; 0 before the first.</param>
/// <param name="FootageS">Seconds of footage learned from.</param>
/// <param name="FootageNeededS">Seconds of footage needed.</param>
/// <param name="ActiveFrames">Frames with motion learned from.</param>
/// <param name="ActiveFramesNeeded">Frames with motion needed.</param>
/// <param name="LearnedAt">When the newest version was made.</param>
/// <param name="MovedAt">When a move of the camera was last detected.</param>
public sealed record CameraScene(
    CameraSceneState State, int Version, double FootageS, double FootageNeededS, long ActiveFrames, long ActiveFramesNeeded,
    DateTimeOffset? LearnedAt = null, DateTimeOffset? MovedAt = null);

/// <summary>A camera's learning progress.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CameraSceneState>))]
public enum CameraSceneState
{
    /// <summary>The detector has not seen enough: scores are provisional and raise no alarms.</summary>
    Learning,

    /// <summary>The detector raises alarms.</summary>
    Ready,

    /// <summary>The camera was moved, so the detector learns again.</summary>
    Moved,
}

/// <summary>What may be said of a camera beside its name; null: nothing new.</summary>
public abstract record CameraDetails
{
    /// <summary>An empty string clears it.</summary>
    public string? Location { get; init; }

    public string? StreamKey { get; init; }

    /// <summary>An empty string clears it.</summary>
    public string? RtspSource { get; init; }

    /// <summary>IANA time zone. Default <c>UTC</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>At most 2,000 characters; an empty string clears it.</summary>
    public string? Notes { get; init; }
}

/// <summary><c>POST /api/cameras</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CreateCameraRequest(string Name) : CameraDetails
{
    /// <summary>The camera's sensitivity: accepted false alarms a day. Default 1.</summary>
    public double FalseAlarmsADay { get; init; } = 1;

    /// <summary>A superadmin names the company; for other callers it can only be their own.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? CompanyId { get; init; }
}

/// <param name="CameraId">The same as <c>id</c>; older clients read it.</param>
public sealed record CreateCameraResponse(
    long CameraId, long Id, string StreamKey, string HlsUrl, string RtspUrl, string WebrtcUrl);

/// <summary><c>PUT /api/cameras/{id}</c>. A field left out keeps its value.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ChangeCameraRequest : CameraDetails
{
    public string? Name { get; init; }

    /// <summary>The camera's sensitivity: accepted false alarms a day.</summary>
    public double? FalseAlarmsADay { get; init; }
}

/// <summary><c>DELETE /api/cameras/{id}</c>.</summary>
public sealed record ArchiveCameraResponse(long CameraId, DateTimeOffset ArchivedAt);

/// <summary><c>POST /api/cameras/{id}/purge</c>.</summary>
public sealed record PurgeCameraResponse(long CameraId, DateTimeOffset PurgeRequestedAt);

/// <summary><c>POST /api/companies/{id}/purge</c>.</summary>
/// <param name="Cameras">How many of the company's cameras this request marked.</param>
public sealed record PurgeCameraCompanyResponse(long CompanyId, int Cameras, DateTimeOffset PurgeRequestedAt);
