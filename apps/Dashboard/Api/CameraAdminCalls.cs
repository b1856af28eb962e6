using System.Globalization;
using System.Text.Json.Serialization;

namespace Siaga.App.Dashboard.Api;

/// <summary>What an administrator does with cameras and their keys.</summary>
public sealed class CameraAdminCalls(ApiClient api)
{
    private const int Pages = 20;

    /// <summary>In use, by number.</summary>
    /// <param name="company">Null: every one that the caller may see.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Answer<List<AdminCamera>>> ListAsync(long? company = null, CancellationToken cancellationToken = default) =>
        api.ListAsync($"/api/cameras?limit=200{(company is { } id ? Invariant($"&company_id={id}") : "")}", CameraAdminJson.Default.ListAdminCamera, Pages, cancellationToken);

    public Task<Answer<AdminCamera>> FindAsync(long id, CancellationToken cancellationToken = default) =>
        api.GetAsync(Path(id), CameraAdminJson.Default.AdminCamera, cancellationToken);

    public Task<Answer<MadeCamera>> CreateAsync(CameraDraft draft) =>
        api.SendAsync(HttpMethod.Post, "/api/cameras", draft, CameraAdminJson.Default.CameraDraft, CameraAdminJson.Default.MadeCamera);

    public Task<Answer<AdminCamera>> ChangeAsync(long id, string? version, CameraDraft draft) =>
        api.ChangeAsync(Path(id), version, draft, CameraAdminJson.Default.CameraDraft, CameraAdminJson.Default.AdminCamera);

    public Task<Answer<Nothing>> ArchiveAsync(long id, string? version) => api.ChangeAsync(HttpMethod.Delete, Path(id), version);

    public Task<Answer<List<CameraKey>>> KeysAsync(long id, CancellationToken cancellationToken = default) =>
        api.ListAsync(Path(id) + "/keys?limit=200", CameraAdminJson.Default.ListCameraKey, Pages, cancellationToken);

    public Task<Answer<MadeKey>> MakeKeyAsync(long id) =>
        api.SendAsync(HttpMethod.Post, Path(id) + "/keys", new Note(null), CameraAdminJson.Default.Note, CameraAdminJson.Default.MadeKey);

    public Task<Answer<Nothing>> RevokeKeyAsync(long id, long key) => api.SendAsync(HttpMethod.Delete, Path(id) + Invariant($"/keys/{key}"));

    /// <summary>The newest analyses of a camera, newest first: a few are enough to say who looks at it.</summary>
    public Task<Answer<List<AnalysisLine>>> AnalysesAsync(long id, CancellationToken cancellationToken = default) =>
        api.GetAsync(Invariant($"/api/analyses?camera_id={id}&limit=5"), CameraAdminJson.Default.ListAnalysisLine, cancellationToken);

    /// <summary>What a camera recorded between two times, oldest first. Without links: handing those out is noted as a look at evidence.</summary>
    public Task<Answer<Recordings>> RecordingsAsync(long id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) => api.GetAsync(
        Invariant($"/api/cameras/{id}/recordings?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}"), CameraAdminJson.Default.Recordings, cancellationToken);

    private static string Path(long id) => Invariant($"/api/cameras/{id}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A camera as its administrator sees it.</summary>
public sealed record AdminCamera(long Id, long CompanyId, string Name, string TimeZone, DateTimeOffset CreatedAt)
{
    public string? Location { get; init; }

    public string StreamKey { get; init; } = "";

    /// <summary>Empty where no media server is configured; so are the next two.</summary>
    public string HlsUrl { get; init; } = "";

    public string RtspUrl { get; init; } = "";

    public string WebrtcUrl { get; init; } = "";

    public DateTimeOffset? ArchivedAt { get; init; }

    public double FalseAlarmsADay { get; init; } = 1;

    public CameraLesson? Scene { get; init; }

    /// <summary><c>new</c>, <c>delivering</c>, <c>late</c> or <c>silent</c>; null from a server that does not tell.</summary>
    public string? State { get; init; }

    public DateTimeOffset? LastClipAt { get; init; }

    public double? LearningMinutesLeft { get; init; }

    /// <summary>A path of the API: it is asked with the token.</summary>
    public string? PictureUrl { get; init; }
}

/// <summary>How far the scene detector has learned a camera.</summary>
/// <param name="State"><c>learning</c>, <c>ready</c> or <c>moved</c>.</param>
/// <param name="FootageS">Seconds seen.</param>
/// <param name="FootageNeededS">Seconds that it wants to see.</param>
public sealed record CameraLesson(string State, double FootageS, double FootageNeededS);

/// <summary>A new camera, or changes of one; what is null is not sent.</summary>
public sealed record CameraDraft
{
    public string? Name { get; init; }

    public string? Location { get; init; }

    public string? TimeZone { get; init; }

    public string? StreamKey { get; init; }

    public string? RtspSource { get; init; }

    public double? FalseAlarmsADay { get; init; }

    public long? CompanyId { get; init; }
}

public sealed record MadeCamera(long CameraId);

public sealed record CameraKey(long Id, string Prefix, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <param name="Key">Shown this once.</param>
public sealed record MadeKey(long Id, string Key, string Prefix);

/// <summary>One analysis, as far as a camera's page tells it.</summary>
/// <param name="State"><c>done</c>, <c>failed</c> or the like.</param>
public sealed record AnalysisLine(long Id, string State, bool Anomaly, double Confidence, DateTimeOffset CapturedAt, DateTimeOffset ReceivedAt, DateTimeOffset ReportedAt)
{
    public string? ClipId { get; init; }

    public string? Label { get; init; }

    public string? Detector { get; init; }

    public ModelName? Model { get; init; }

    public AnalysisReason? Reason { get; init; }
}

public sealed record AnalysisReason(string Code, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<AdminCamera>))]
[JsonSerializable(typeof(CameraDraft))]
[JsonSerializable(typeof(MadeCamera))]
[JsonSerializable(typeof(List<CameraKey>))]
[JsonSerializable(typeof(MadeKey))]
[JsonSerializable(typeof(List<AnalysisLine>))]
[JsonSerializable(typeof(Recordings))]
[JsonSerializable(typeof(Note))]
public sealed partial class CameraAdminJson : JsonSerializerContext;
