using System.Globalization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Calls about cameras for everyone; see <see cref="CameraAdminCalls"/> for those of admins.</summary>
public sealed class CameraCalls(ApiClient api)
{
    // A thousand cameras; pages show the others by their ids.
    private const int Pages = 5;

    public Task<Answer<List<Camera>>> ListAsync(CancellationToken cancellationToken = default) =>
        api.ListAsync("/api/cameras?limit=200", ApiJson.Default.ListListCamerasItem, Pages, cancellationToken);

    /// <summary>A camera's clips, gaps and anomalies of a day.</summary>
    /// <param name="day">In the camera's time zone.</param>
    public Task<Answer<CameraDay>> DayAsync(long id, DateOnly day, CancellationToken cancellationToken = default) => api.GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"/api/cameras/{id}/day?date={day:yyyy-MM-dd}"),
        ApiJson.Default.ShowDayResponse, cancellationToken);
}
