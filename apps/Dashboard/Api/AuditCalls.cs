using System.Text.Json.Serialization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Who did what.</summary>
public sealed class AuditCalls(ApiClient api)
{
    /// <summary>Newest first.</summary>
    public Task<Answer<List<AuditLine>>> FirstAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken = default) => PageAsync(
        $"/api/audit?limit=100{(from is { } f ? $"&from={f.UtcDateTime:O}" : "")}{(to is { } t ? $"&to={t.UtcDateTime:O}" : "")}", cancellationToken);

    /// <summary>A page that an earlier answer named.</summary>
    public Task<Answer<List<AuditLine>>> PageAsync(string path, CancellationToken cancellationToken = default) =>
        api.GetAsync(path, AuditJson.Default.ListAuditLine, cancellationToken);
}

/// <param name="Actor">An e-mail, or a service.</param>
/// <param name="Action">Such as <c>camera.created</c>.</param>
/// <param name="Target">Such as <c>cameras/9/keys/31</c>.</param>
/// <param name="CompanyId">0: none.</param>
public sealed record AuditLine(long Id, DateTimeOffset At, string Actor, string Action, string Target, long CompanyId)
{
    public string? Address { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<AuditLine>))]
public sealed partial class AuditJson : JsonSerializerContext;
