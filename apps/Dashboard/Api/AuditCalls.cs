namespace Siaga.App.Dashboard.Api;

/// <summary>Calls about audit entries.</summary>
public sealed class AuditCalls(ApiClient api)
{
    /// <summary>The first page, newest first.</summary>
    /// <param name="from">Inclusive; null for no limit.</param>
    /// <param name="to">Exclusive; null for no limit.</param>
    public Task<Answer<List<AuditLine>>> FirstAsync(
        DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken = default)
    {
        var range = (from is { } f ? $"&from={f.UtcDateTime:O}" : "") + (to is { } t ? $"&to={t.UtcDateTime:O}" : "");
        return PageAsync($"/api/audit?limit=100{range}", cancellationToken);
    }

    /// <param name="path"><see cref="Answer{T}.Next"/> of an earlier answer.</param>
    public Task<Answer<List<AuditLine>>> PageAsync(string path, CancellationToken cancellationToken = default) =>
        api.GetAsync(path, ApiJson.Default.ListListAuditItem, cancellationToken);
}
