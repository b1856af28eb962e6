using System.Globalization;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Watch;

namespace Siaga.App.Dashboard.History;

/// <summary>One day of the cameras, as far as it has loaded: their timelines and the list of anomalies.</summary>
public sealed class HistoryState(CameraCalls cameraCalls, AnomalyCalls anomalyCalls, CameraDirectory directory) : IDisposable
{
    private const int StripsAtOnce = 12;
    private const int Pages = 60;

    private CancellationTokenSource? _loading;

    public DateOnly Date { get; private set; }

    public long? CameraId { get; private set; }

    public string? Kind { get; private set; }

    /// <summary>A status or a resolution; null for all.</summary>
    public string? State { get; private set; }

    /// <summary>Cameras whose timelines are shown.</summary>
    public List<Camera> Cameras { get; private set; } = [];

    /// <summary>Number of cameras whose timelines are not shown yet.</summary>
    public int MoreCameras { get; private set; }

    public Dictionary<long, CameraDay> Days { get; } = [];

    /// <summary>Anomalies of the day, newest first.</summary>
    public List<Anomaly> Anomalies { get; } = [];

    public SortedSet<string> Kinds { get; } = new(StringComparer.Ordinal);

    public bool IsLoading { get; private set; }

    public Problem? Problem { get; private set; }

    public event Action? Changed;

    /// <summary>Loads a day; cancels an earlier call that is still loading.</summary>
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
            Problem = await directory.LoadAsync(cancellationToken);
            var all = directory.All.Where(c => cameraId is null || c.Id == cameraId)
                .OrderBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Id).ToList();
            Cameras = [.. all.Take(strips)];
            MoreCameras = all.Count - Cameras.Count;
            Changed?.Invoke();
            if (Problem is null && Cameras.Count > 0)
                await Task.WhenAll(LoadDaysAsync(cancellationToken), LoadAnomaliesAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // A later call replaced this one.
            return;
        }

        if (cancellationToken.IsCancellationRequested)
            return;
        IsLoading = false;
        Changed?.Invoke();
    }

    public Task ShowMoreAsync() => ShowAsync(Date, CameraId, Kind, State, Cameras.Count + StripsAtOnce);

    /// <summary>The clip that shows a moment, or the next one after it; null when there is none.</summary>
    public DayClip? ClipAt(long cameraId, DateTimeOffset at)
    {
        if (!Days.TryGetValue(cameraId, out var day))
            return null;
        var index = day.Clips.FindIndex(c => c.To > at);
        return index < 0 ? null : day.Clips[index];
    }

    /// <summary>The clip so many places after another; null when there is none, or the other is not of this day.</summary>
    public DayClip? Neighbour(long cameraId, string clipId, int by)
    {
        if (!Days.TryGetValue(cameraId, out var day))
            return null;
        var index = day.Clips.FindIndex(c => c.ClipId == clipId);
        return index >= 0 && index + by >= 0 && index + by < day.Clips.Count ? day.Clips[index + by] : null;
    }

    public void Dispose() => _loading?.Dispose();

    private async Task LoadDaysAsync(CancellationToken cancellationToken)
    {
        foreach (var some in Cameras.Chunk(4))
        {
            var answers = await Task.WhenAll(some.Select(c => cameraCalls.DayAsync(c.Id, Date, cancellationToken)));
            foreach (var (camera, answer) in some.Zip(answers))
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
        // Days of cameras in different time zones start at different times: request a longer span, then keep each camera's own day.
        var midnight = new DateTimeOffset(Date, TimeOnly.MinValue, TimeSpan.Zero);
        var (from, to) = (midnight.AddHours(-15), midnight.AddHours(40));
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"/api/anomalies?limit={AnomalyCalls.MostAPage}&from={from:yyyy-MM-ddTHH:mm:ssZ}&to={to:yyyy-MM-ddTHH:mm:ssZ}")
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

    /// <summary>As <see cref="State"/> names it.</summary>
    public static string NameOf(Anomaly a) => (a.Status, a.Resolution) switch
    {
        (_, Resolution.Confirmed) => "confirmed",
        (_, Resolution.FalseAlarm) => "false_alarm",
        (AnomalyStatus.New, _) => "new",
        (AnomalyStatus.Acknowledged, _) => "acknowledged",
        _ => "resolved",
    };

    private static string? StatusOf(string? state) => IsResolution(state) ? "resolved" : state;

    private static bool IsResolution(string? state) => state is "confirmed" or "false_alarm";

    private bool IsOfTheDay(Anomaly a)
    {
        if (IsResolution(State) && NameOf(a) != State)
            return false;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(directory.ZoneOf(a.CameraId) ?? "UTC", out var found) ? found : TimeZoneInfo.Utc;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(a.HappenedAt, zone).DateTime) == Date;
    }
}
