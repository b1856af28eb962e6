using System.Globalization;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Watch;

namespace Siaga.App.Dashboard.History;

/// <summary>A day of some cameras, as far as it is loaded: strips and the list of what was found.</summary>
public sealed class HistoryState(CameraCalls cameraCalls, AnomalyCalls anomalyCalls, CameraDirectory book) : IDisposable
{
    private const int StripsAtOnce = 12;
    private const int Pages = 60;

    private CancellationTokenSource? _loading;

    public DateOnly Date { get; private set; }

    public long? CameraId { get; private set; }

    public string? Kind { get; private set; }

    /// <summary>A status, or a resolution; null: every one.</summary>
    public string? State { get; private set; }

    /// <summary>The cameras that have a strip.</summary>
    public List<Camera> Cameras { get; private set; } = [];

    /// <summary>Cameras that have none yet, for want of room.</summary>
    public int MoreCameras { get; private set; }

    public Dictionary<long, CameraDay> Days { get; } = [];

    /// <summary>Newest first.</summary>
    public List<Anomaly> Anomalies { get; } = [];

    public SortedSet<string> Kinds { get; } = new(StringComparer.Ordinal);

    public bool IsLoading { get; private set; }

    public Problem? Problem { get; private set; }

    public event Action? Changed;

    /// <summary>Loads what is asked for; an earlier loading is given up.</summary>
    public async Task ShowAsync(DateOnly date, long? cameraId, string? kind, string? state, int strips = StripsAtOnce)
    {
        _loading?.Cancel();
        _loading = new CancellationTokenSource();
        var cancellationToken = _loading.Token;
        (Date, CameraId, Kind, State, Problem, IsLoading) = (date, cameraId, kind, state, null, true);
        Days.Clear();
        Anomalies.Clear();
        Changed?.Invoke();
        try
        {
            Problem = await book.LoadAsync(cancellationToken);
            var all = book.All.Where(c => cameraId is null || c.Id == cameraId).OrderBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Id).ToList();
            Cameras = [.. all.Take(strips)];
            MoreCameras = all.Count - Cameras.Count;
            Changed?.Invoke();
            if (Problem is null && Cameras.Count > 0)
                await Task.WhenAll(LoadDaysAsync(cancellationToken), LoadAnomaliesAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Something else is asked for now.
            return;
        }

        if (cancellationToken.IsCancellationRequested)
            return;
        IsLoading = false;
        Changed?.Invoke();
    }

    public Task ShowMoreAsync() => ShowAsync(Date, CameraId, Kind, State, Cameras.Count + StripsAtOnce);

    /// <summary>The clip that shows a moment, or the next one after it; null: there is none.</summary>
    public DayClip? ClipAt(long cameraId, DateTimeOffset at)
    {
        if (!Days.TryGetValue(cameraId, out var day))
            return null;
        var index = day.Clips.FindIndex(c => c.To > at);
        return index < 0 ? null : day.Clips[index];
    }

    public DayClip? Neighbour(long cameraId, string clipId, int by)
    {
        if (!Days.TryGetValue(cameraId, out var day))
            return null;
        var index = day.Clips.FindIndex(c => c.ClipId == clipId) + by;
        return index >= 0 && index < day.Clips.Count ? day.Clips[index] : null;
    }

    public void Dispose() => _loading?.Dispose();

    private async Task LoadDaysAsync(CancellationToken cancellationToken)
    {
        foreach (var some in Cameras.Chunk(4))
        {
            foreach (var (camera, answer) in some.Zip(await Task.WhenAll(some.Select(c => cameraCalls.DayAsync(c.Id, Date, cancellationToken)))))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (answer.Value is { } day)
                {
                    Days[camera.Id] = day;
                    Kinds.UnionWith(day.Anomalies.Select(a => a.AnomalyType));
                }
                else
                {
                    Problem ??= answer.Problem;
                }
            }

            Changed?.Invoke();
        }
    }

    private async Task LoadAnomaliesAsync(CancellationToken cancellationToken)
    {
        // Days of cameras in different zones begin at different times: the list is asked wide, and cut to each camera's own day.
        var midnight = new DateTimeOffset(Date, TimeOnly.MinValue, TimeSpan.Zero);
        var query = string.Create(
            CultureInfo.InvariantCulture, $"/api/anomalies?limit={AnomalyCalls.MostAPage}&from={midnight.AddHours(-15):yyyy-MM-ddTHH:mm:ssZ}&to={midnight.AddHours(40):yyyy-MM-ddTHH:mm:ssZ}")
            + (CameraId is { } camera ? string.Create(CultureInfo.InvariantCulture, $"&camera_id={camera}") : "")
            + (Kind is { } kind ? $"&type={Uri.EscapeDataString(kind)}" : "")
            + (StatusOf(State) is { } status ? $"&status={status}" : "");
        string? next = query;
        for (var page = 0; page < Pages && next is not null; page++)
        {
            var answer = await anomalyCalls.PageAsync(next, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (!answer.IsOk)
            {
                Problem ??= answer.Problem;
                return;
            }

            foreach (var a in answer.Value!.Where(IsOfTheDay))
            {
                Anomalies.Add(a);
                Kinds.Add(a.AnomalyType);
            }

            next = answer.Next;
            Changed?.Invoke();
        }
    }

    private static string? StatusOf(string? state) => state is Resolutions.Confirmed or Resolutions.FalseAlarm ? Statuses.Resolved : state;

    private bool IsOfTheDay(Anomaly a)
    {
        if (State is Resolutions.Confirmed or Resolutions.FalseAlarm && a.Resolution != State)
            return false;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(book.ZoneOf(a.CameraId) ?? "UTC", out var found) ? found : TimeZoneInfo.Utc;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(a.HappenedAt, zone).DateTime) == Date;
    }
}
