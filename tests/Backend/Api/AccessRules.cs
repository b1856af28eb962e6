namespace Siaga.Tests.Backend.Api;

/// <summary>The callers of the access rules.</summary>
[Flags]
internal enum Who
{
    None = 0,
    Anonymous = 1,
    User = 2,
    CompanyAdmin = 4,
    Superadmin = 8,
    CameraKey = 16,

    /// <summary>A worker of one company.</summary>
    ScopedWorker = 32,

    /// <summary>A worker that serves every company.</summary>
    Worker = 64,
    Ingestion = 128,

    People = User | CompanyAdmin | Superadmin,
    Admins = CompanyAdmin | Superadmin,
    Workers = ScopedWorker | Worker,
    Everybody = 255,
}

/// <summary>Who may do what with an operation.</summary>
/// <param name="Allowed">Who may call it at all.</param>
/// <param name="Body">A valid body for the targeted company; it would succeed if the targets were the caller's own.</param>
/// <param name="Denied">The status for a known caller without the right.</param>
internal sealed record AccessRule(Who Allowed, Func<Targets, object>? Body = null, int Denied = 403)
{
    /// <summary>
    /// True for Ingestion's endpoints: they authenticate cameras, not people's tokens, and answer everyone else with 401.
    /// </summary>
    public bool IsIngestion { get; init; }
}

/// <summary>Everything of one company that a request can refer to.</summary>
internal sealed record Targets(
    Tenant Tenant, long UserId, long AnomalyId, long AnalysisId, long KeyId, long WorkerTokenId, string ClipId, string StorageKey,
    string RecordedClipId)
{
    /// <summary>Values for a path parameter.</summary>
    public IEnumerable<string> For(string path, string parameter) => (path, parameter) switch
    {
        (_, "camera") => [$"{Tenant.CameraId}", $"cam{Tenant.CameraId}"],
        (_, "key_id") => [$"{KeyId}"],
        (_, "clip_id") when path.StartsWith("/ingest/", StringComparison.Ordinal) => [ClipId],
        (_, "clip_id") => [RecordedClipId],
        _ when path.StartsWith("/api/companies/", StringComparison.Ordinal) => [$"{Tenant.CompanyId}"],
        _ when path.StartsWith("/api/users/", StringComparison.Ordinal) => [$"{UserId}"],
        _ when path.StartsWith("/api/cameras/", StringComparison.Ordinal) => [$"{Tenant.CameraId}"],
        _ when path.StartsWith("/api/anomalies/", StringComparison.Ordinal) => [$"{AnomalyId}"],
        _ when path.StartsWith("/api/analyses/", StringComparison.Ordinal) => [$"{AnalysisId}"],
        _ when path.StartsWith("/api/worker-tokens/", StringComparison.Ordinal) => [$"{WorkerTokenId}"],
        _ when path.StartsWith("/api/invitations/", StringComparison.Ordinal) => ["1"],
        _ when path.StartsWith("/api/system/dead/", StringComparison.Ordinal) => ["1"],
        _ => throw new InvalidOperationException($"No target for {parameter} of {path}."),
    };
}

/// <summary>The rule of every operation. An operation without a rule fails the test.</summary>
internal static class AccessRules
{
    private const string Password = "a good long password";

    public static IReadOnlyDictionary<string, AccessRule> All { get; } = new Dictionary<string, AccessRule>(StringComparer.Ordinal)
    {
        ["GET /healthz"] = new(Who.Everybody),
        ["GET /healthz/ready"] = new(Who.Everybody),
        ["GET /api/health/report"] = new(Who.People),
        ["POST /api/login"] = new(Who.Everybody, _ => new { email = "unknown@siaga.test", password = Password }),
        ["POST /api/token/refresh"] = new(Who.Everybody, _ => new { refresh_token = "wrong" }),
        ["POST /api/invitations/accept"] = new(Who.Everybody, _ => new { token = "wrong", password = Password }),
        ["POST /api/logout"] = new(Who.People),
        ["POST /api/users/password"] = new(Who.People, _ => new { current_password = "wrong", new_password = Password }),
        ["POST /api/users/fcm-token"] = new(Who.People, _ => new { fcm_token = "phone-of-a-spy" }),
        ["POST /api/register"] = new(
            Who.Admins, t => new { email = $"spy{Guid.NewGuid():N}@siaga.test", password = Password, company_id = t.Tenant.CompanyId }),
        ["GET /api/users"] = new(Who.People),
        ["GET /api/users/{id}"] = new(Who.People),
        ["PUT /api/users/{id}"] = new(Who.Admins, _ => new { name = "Taken over" }),
        ["DELETE /api/users/{id}"] = new(Who.Admins),
        ["POST /api/users/{id}/approve"] = new(Who.Admins),
        ["GET /api/companies"] = new(Who.Superadmin),
        ["POST /api/companies"] = new(Who.Superadmin, _ => new { name = "New" }),
        ["GET /api/companies/{id}"] = new(Who.Superadmin),
        ["PUT /api/companies/{id}"] = new(Who.Superadmin, _ => new { name = "Taken over" }),
        ["DELETE /api/companies/{id}"] = new(Who.Superadmin),
        ["POST /api/companies/{id}/purge"] = new(Who.Superadmin),
        ["POST /api/cameras/{id}/purge"] = new(Who.Superadmin),
        ["GET /api/invitations"] = new(Who.Superadmin),
        ["POST /api/invitations"] = new(Who.Superadmin, _ => new { email = $"spy{Guid.NewGuid():N}@siaga.test" }),
        ["DELETE /api/invitations/{id}"] = new(Who.Superadmin),
        ["GET /api/worker-tokens"] = new(Who.Admins),
        ["POST /api/worker-tokens"] = new(Who.Admins, t => new { name = "Spy", company_id = t.Tenant.CompanyId }),
        ["DELETE /api/worker-tokens/{id}"] = new(Who.Admins),
        ["GET /api/cameras"] = new(Who.People),
        ["POST /api/cameras"] = new(Who.Admins, t => new { name = "Spy", company_id = t.Tenant.CompanyId }),
        ["GET /api/cameras/{id}"] = new(Who.People),
        ["PUT /api/cameras/{id}"] = new(Who.Admins, _ => new { name = "Taken over" }),
        ["DELETE /api/cameras/{id}"] = new(Who.Admins),
        ["GET /api/cameras/{id}/keys"] = new(Who.Admins),
        ["POST /api/cameras/{id}/keys"] = new(Who.Admins),
        ["DELETE /api/cameras/{id}/keys/{key_id}"] = new(Who.Admins),
        ["GET /api/cameras/{camera}/recordings"] = new(Who.People),
        ["GET /api/cameras/{id}/day"] = new(Who.People),
        ["GET /api/cameras/{id}/picture"] = new(Who.People),
        ["GET /api/clips/{clip_id}"] = new(Who.People),
        ["POST /api/clips/{clip_id}/playable"] = new(Who.People),
        ["GET /api/clips/{clip_id}/export"] = new(Who.People),
        ["GET /api/anomalies"] = new(Who.People),
        ["GET /api/anomalies/recent"] = new(Who.People),
        ["GET /api/anomalies/{id}"] = new(Who.People),
        ["POST /api/anomalies/{id}/acknowledge"] = new(Who.People, _ => new { note = "Taken over" }),
        ["POST /api/anomalies/{id}/reopen"] = new(Who.People, _ => new { note = "Never mind" }),
        ["POST /api/anomalies/{id}/resolve"] = new(Who.People, _ => new { resolution = "false_alarm" }),
        ["GET /api/analyses"] = new(Who.People),
        ["GET /api/analyses/{id}"] = new(Who.People),
        ["POST /api/analyses"] = new(Who.Workers, t => BackendHost.Report(t.Tenant)),
        ["POST /api/report-anomaly"] = new(Who.Workers, t => new
        {
            camera_id = t.Tenant.CameraId,
            anomaly_type = "spying",
            confidence = 0.5,
            video_clip_url = t.StorageKey,
        }),
        ["GET /api/events"] = new(Who.People),
        ["POST /api/notifications/test"] = new(Who.People, t => new { anomaly_id = t.AnomalyId }),
        ["GET /api/audit"] = new(Who.Admins),
        ["GET /api/system/queues"] = new(Who.Superadmin),
        ["GET /api/system/workers"] = new(Who.Superadmin),
        ["GET /api/system/dead"] = new(Who.Superadmin),
        ["POST /api/system/dead/replay"] = new(Who.Superadmin),
        ["POST /api/system/dead/{id}/replay"] = new(Who.Superadmin),
        ["DELETE /api/system/dead/{id}"] = new(Who.Superadmin),
        ["GET /api/system/latency"] = new(Who.People),
        ["POST /ingest/video"] = new(Who.CameraKey) { IsIngestion = true },
        ["GET /ingest/clips/{clip_id}"] = new(Who.CameraKey | Who.People) { IsIngestion = true },
    };

    /// <summary>Endpoints between services, which are not in the document.</summary>
    public static IReadOnlySet<string> Internal { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "GET /internal/camera-keys/", "POST /internal/camera-keys/find", "POST /internal/camera-keys/used",
        "GET /internal/cameras/{camera}", "GET /internal/cameras/{id}/scene", "GET /internal/cameras/{id}/scene/lessons",
        "POST /internal/cameras/{id}/scene/lessons", "POST /internal/cameras/{id}/scene/versions", "PUT /internal/anomalies/{id}/picture",
        "PUT /internal/cameras/{id}/picture", "PUT /internal/clips/{clip_id}/playable", "POST /internal/workers/heartbeat",
        "POST /internal/ingestions/heartbeat", "PUT /internal/cameras/{id}/products",
    };

    /// <summary>The document itself, and its page.</summary>
    public static bool IsAboutTheApi(string route) => route.Contains(" /openapi/", StringComparison.Ordinal)
        || route.Contains(" /docs", StringComparison.Ordinal);
}
