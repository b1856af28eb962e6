using System.Globalization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Calls about the state of the installation, for superadmins.</summary>
public sealed class SystemCalls(ApiClient api)
{
    public Task<Answer<HealthReport>> HealthAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/api/health/report", ApiJson.Default.ReportHealthResponse, cancellationToken);

    public Task<Answer<List<QueueLine>>> QueuesAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/api/system/queues", ApiJson.Default.ListListQueuesItem, cancellationToken);

    public Task<Answer<List<WorkerLine>>> WorkersAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/api/system/workers", ApiJson.Default.ListListWorkersItem, cancellationToken);

    public Task<Answer<List<DeadLetter>>> DeadAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/api/system/dead?limit=50", ApiJson.Default.ListListDeadLettersItem, cancellationToken);

    public Task<Answer<Nothing>> ReplayAsync(string id) => api.SendAsync(HttpMethod.Post, $"/api/system/dead/{id}/replay");

    public Task<Answer<Nothing>> DropAsync(string id) => api.SendAsync(HttpMethod.Delete, $"/api/system/dead/{id}");

    public Task<Answer<ReplayDeadLetterResponse>> ReplayAllAsync() =>
        api.SendAsync(HttpMethod.Post, "/api/system/dead/replay", ApiJson.Default.ReplayDeadLetterResponse);

    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="bucket">Seconds of a point, 60 to 86,400.</param>
    public Task<Answer<List<LatencyPoint>>> LatencyAsync(
        DateTimeOffset from, DateTimeOffset to, int bucket, CancellationToken cancellationToken = default) => api.GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"/api/system/latency?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}&bucket={bucket}"),
        ApiJson.Default.ListMeasureLatencyPoint, cancellationToken);
}
