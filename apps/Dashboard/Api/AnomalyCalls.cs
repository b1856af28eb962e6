using System.Globalization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Calls about anomalies: list, show, and users' decisions.</summary>
public sealed class AnomalyCalls(ApiClient api)
{
    /// <summary>The API's limit of items on a page.</summary>
    public const int MostAPage = 200;

    /// <param name="query">Such as <c>status=new&amp;camera_id=9</c>.</param>
    /// <param name="pages">The most pages to read.</param>
    public Task<Answer<List<Anomaly>>> ListAsync(string query, int pages, CancellationToken cancellationToken = default) =>
        api.ListAsync($"/api/anomalies?limit={MostAPage}&{query}", ApiJson.Default.ListAnomalyItem, pages, cancellationToken);

    /// <param name="path">The first page, or <see cref="Answer{T}.Next"/> of an earlier answer.</param>
    public Task<Answer<List<Anomaly>>> PageAsync(string path, CancellationToken cancellationToken = default) =>
        api.GetAsync(path, ApiJson.Default.ListAnomalyItem, cancellationToken);

    /// <summary>One anomaly, with fresh links to its clip and picture.</summary>
    public Task<Answer<Anomaly>> FindAsync(long id, CancellationToken cancellationToken = default) =>
        api.GetAsync(Path(id), ApiJson.Default.AnomalyItem, cancellationToken);

    public Task<Answer<Anomaly>> AcknowledgeAsync(long id) => api.SendAsync(
        HttpMethod.Post, Path(id) + "/acknowledge", new AcknowledgeAnomalyRequest(),
        ApiJson.Default.AcknowledgeAnomalyRequest, ApiJson.Default.AnomalyItem);

    public Task<Answer<Anomaly>> ResolveAsync(long id, Resolution resolution, bool normal = false) => api.SendAsync(
        HttpMethod.Post, Path(id) + "/resolve", new ResolveAnomalyRequest(resolution, Normal: normal),
        ApiJson.Default.ResolveAnomalyRequest, ApiJson.Default.AnomalyItem);

    /// <summary>Reverses a decision.</summary>
    public Task<Answer<Anomaly>> ReopenAsync(long id) => api.SendAsync(
        HttpMethod.Post, Path(id) + "/reopen", new ReopenAnomalyRequest(),
        ApiJson.Default.ReopenAnomalyRequest, ApiJson.Default.AnomalyItem);

    private static string Path(long id) => string.Create(CultureInfo.InvariantCulture, $"/api/anomalies/{id}");
}

/// <summary>What pages derive from an anomaly.</summary>
public static class AnomalyMoments
{
    extension(Anomaly a)
    {
        /// <summary>When it happened, not only in which clip.</summary>
        public DateTimeOffset HappenedAt => a.CapturedAt.AddSeconds(a.MomentS);

        /// <summary>Its moment, in seconds from the clip's first frame.</summary>
        public double MomentS => a is { Detector: Detectors.Scene, Scene: { } scene } ? scene.AtS : a.FromS ?? 0;
    }
}
