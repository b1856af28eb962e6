using System.Globalization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Calls with which admins manage cameras and their keys.</summary>
public sealed class CameraAdminCalls(ApiClient api)
{
    private const int Pages = 20;

    /// <summary>The cameras in use, in the order of their ids.</summary>
    /// <param name="company">Null for all companies that the caller may see.</param>
    public Task<Answer<List<Camera>>> ListAsync(long? company = null, CancellationToken cancellationToken = default)
    {
        var filter = company is { } id ? Invariant($"&company_id={id}") : "";
        return api.ListAsync($"/api/cameras?limit=200{filter}", ApiJson.Default.ListListCamerasItem, Pages, cancellationToken);
    }

    public Task<Answer<Camera>> FindAsync(long id, CancellationToken cancellationToken = default) =>
        api.GetAsync(Path(id), ApiJson.Default.ListCamerasItem, cancellationToken);

    public Task<Answer<CreateCameraResponse>> CreateAsync(CreateCameraRequest camera) =>
        api.SendAsync(HttpMethod.Post, "/api/cameras", camera, ApiJson.Default.CreateCameraRequest, ApiJson.Default.CreateCameraResponse);

    public Task<Answer<Camera>> ChangeAsync(long id, string? version, ChangeCameraRequest changes) =>
        api.ChangeAsync(Path(id), version, changes, ApiJson.Default.ChangeCameraRequest, ApiJson.Default.ListCamerasItem);

    public Task<Answer<Nothing>> ArchiveAsync(long id, string? version) => api.ChangeAsync(HttpMethod.Delete, Path(id), version);

    public Task<Answer<List<CameraKey>>> KeysAsync(long id, CancellationToken cancellationToken = default) =>
        api.ListAsync(Path(id) + "/keys?limit=200", ApiJson.Default.ListListCameraKeysItem, Pages, cancellationToken);

    public Task<Answer<MadeKey>> MakeKeyAsync(long id) =>
        api.SendAsync(HttpMethod.Post, Path(id) + "/keys", ApiJson.Default.MakeCameraKeyResponse);

    public Task<Answer<Nothing>> RevokeKeyAsync(long id, long key) =>
        api.SendAsync(HttpMethod.Delete, Path(id) + Invariant($"/keys/{key}"));

    /// <summary>A camera's newest analyses, newest first. A few are enough to show which model and detector analyse it.</summary>
    public Task<Answer<List<AnalysisLine>>> AnalysesAsync(long id, CancellationToken cancellationToken = default) =>
        api.GetAsync(Invariant($"/api/analyses?camera_id={id}&limit=5"), ApiJson.Default.ListListAnalysesItem, cancellationToken);

    /// <summary>
    /// What a camera recorded between two times, oldest first. Without links, because the access log records who received links.
    /// </summary>
    public Task<Answer<ListRecordingsResponse>> RecordingsAsync(
        long id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) => api.GetAsync(
        Invariant($"/api/cameras/{id}/recordings?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}"),
        ApiJson.Default.ListRecordingsResponse, cancellationToken);

    private static string Path(long id) => Invariant($"/api/cameras/{id}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
