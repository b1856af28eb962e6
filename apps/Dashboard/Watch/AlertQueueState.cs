using System.Text.Json;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Browser;
using Siaga.App.Dashboard.Session;

namespace Siaga.App.Dashboard.Watch;

/// <summary>A guard's decision on a card.</summary>
public enum Decision
{
    Acknowledged,
    Confirmed,
    FalseAlarm,

    /// <summary>A false alarm that the camera's scene detector learns as normal. It cannot be undone.</summary>
    Normal,
}

/// <summary>
/// The queue of anomalies on all pages: it receives new anomalies, keeps the queue, and sends and undoes decisions. It lives as long as the
/// browser tab and runs while a user is signed in.
/// </summary>
public sealed class AlertQueueState(
    AnomalyCalls calls, CameraDirectory cameras, EventStream stream, SessionState session, BrowserInterop browser, TimeProvider time)
    : IDisposable
{
    private const string KeptMute = "siaga.muted";
    private const int Pages = CardQueue.Most / AnomalyCalls.MostAPage;
    private const int AtOnce = 4;
    private const int KeptDecisions = 50;

    // The picture is stored shortly after the report, so it is requested several times.
    private static readonly TimeSpan[] s_pictureTries =
        [TimeSpan.FromSeconds(0.7), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)];

    private readonly List<Decided> _decided = [];
    private CancellationTokenSource? _running;
    private long _person;
    private bool _wasOpen;

    public CardQueue New { get; } = new();

    /// <summary>Acknowledged anomalies that are not resolved yet.</summary>
    public CardQueue InProgress { get; } = new();

    /// <summary>True once the first page of new anomalies has loaded.</summary>
    public bool IsLoaded { get; private set; }

    public Problem? Problem { get; private set; }

    /// <summary>When the connection was lost; null while connected.</summary>
    public DateTimeOffset? LostAt { get; private set; }

    /// <summary>Number of anomalies that arrived while the connection was lost; null once the user has dismissed the notice.</summary>
    public int? Missed { get; private set; }

    public bool IsMuted { get; private set; }

    public bool CanUndo => _decided.Count > 0;

    public event Action? Changed;

    /// <summary>Starts for the signed-in user. Safe to repeat.</summary>
    public void Begin()
    {
        IsMuted = browser.Recall(KeptMute) == "yes";
        var person = session.Person?.Id ?? 0;
        if (_running is not null && _person == person)
            return;
        End();
        _person = person;
        _running = new CancellationTokenSource();
        _ = stream.RunAsync(() => OpenedAsync(_running.Token), HeardAsync, Lost, _running.Token);
    }

    public void End()
    {
        _running?.Cancel();
        _running?.Dispose();
        _running = null;
        New.Become([]);
        InProgress.Become([]);
        _decided.Clear();
        (IsLoaded, _wasOpen, LostAt, Missed) = (false, false, null, null);
        browser.Count(0);
    }

    public void Dispose() => _running?.Dispose();

    public void Mute(bool muted)
    {
        IsMuted = muted;
        browser.Remember(KeptMute, muted ? "yes" : null);
        Tell();
    }

    public void MissedWasRead()
    {
        Missed = null;
        Tell();
    }

    public async Task RetryAsync()
    {
        Problem = null;
        Tell();
        await LoadAsync(CancellationToken.None);
    }

    /// <summary>Decides on all anomalies of a card. It leaves the queue at once, and returns if the server refuses.</summary>
    /// <returns>The first problem; null when all succeeded.</returns>
    public async Task<Problem?> DecideAsync(Card card, Decision decision)
    {
        var anomalies = card.Anomalies.ToList();
        foreach (var a in anomalies)
        {
            New.Remove(a.Id);
            InProgress.Remove(a.Id);
        }

        Remember(new Decided(decision, [.. anomalies.Select(a => a.Id)]));
        Tell();
        Problem? first = null;
        foreach (var some in anomalies.Chunk(AtOnce))
        {
            foreach (var (a, answer) in some.Zip(await Task.WhenAll(some.Select(a => SendAsync(a.Id, decision)))))
            {
                // On a conflict the colleague's decision stands; after any other problem the user has to try again.
                if (answer.Problem is { Status: not 409 })
                    Queue(a);
                else if (answer.Value is { Status: AnomalyStatus.Acknowledged } taken)
                    InProgress.Add(taken);
                first ??= answer.Problem;
            }
        }

        Tell();
        return first;
    }

    /// <summary>Undoes the last decision.</summary>
    public async Task<(Decision? What, Anomaly? Back, Problem? Problem)> UndoAsync()
    {
        if (_decided is not [.., var last])
            return (null, null, null);
        _decided.RemoveAt(_decided.Count - 1);
        Problem? first = null;
        Anomaly? back = null;
        foreach (var id in last.Ids)
        {
            var answer = await calls.ReopenAsync(id);
            first ??= answer.Problem;
            if (answer.Value is { } a)
            {
                InProgress.Remove(id);
                Queue(a);
                back ??= a;
            }
        }

        Tell();
        return (last.What, back, first);
    }

    /// <summary>Reads an anomaly again, for its picture or for fresh links.</summary>
    public async Task<Anomaly?> RenewAsync(long id)
    {
        if ((await calls.FindAsync(id)).Value is not { } a)
            return null;

        // An anomaly that left the queue in the meantime stays out: the decision is newer than this answer.
        if (New.Holds(id) || InProgress.Holds(id))
        {
            Queue(a);
            Tell();
        }

        return a;
    }

    public void Order(bool bySeverity)
    {
        New.Order(bySeverity);
        InProgress.Order(bySeverity);
        Tell();
    }

    private Task<Answer<Anomaly>> SendAsync(long id, Decision decision) => decision switch
    {
        Decision.Acknowledged => calls.AcknowledgeAsync(id),
        Decision.Confirmed => calls.ResolveAsync(id, Resolution.Confirmed),
        Decision.Normal => calls.ResolveAsync(id, Resolution.FalseAlarm, normal: true),
        _ => calls.ResolveAsync(id, Resolution.FalseAlarm),
    };

    private void Remember(Decided decided)
    {
        _decided.Add(decided);
        if (_decided.Count > KeptDecisions)
            _decided.RemoveAt(0);
    }

    private async Task OpenedAsync(CancellationToken cancellationToken)
    {
        var wasLost = LostAt is not null && _wasOpen;
        (LostAt, _wasOpen) = (null, true);
        Tell();
        var fresh = await LoadAsync(cancellationToken);
        if (wasLost)
        {
            Missed = fresh;
            if (fresh > 0)
                Sound(AnomalySeverity.Critical);
            Tell();
        }
    }

    /// <returns>The number of anomalies that were not known before.</returns>
    private async Task<int> LoadAsync(CancellationToken cancellationToken)
    {
        await cameras.LoadAsync(cancellationToken);
        var first = await calls.ListAsync("status=new", 1, cancellationToken);
        if (!first.IsOk)
        {
            Problem = IsLoaded ? null : first.Problem;
            Tell();
            return 0;
        }

        Problem = null;
        var waiting = first.Value!.Where(IsOpen).ToList();
        var fresh = first.Next is null ? New.Become(waiting) : waiting.Count(New.Add);
        IsLoaded = true;
        Tell();
        var next = first.Next;
        for (var page = 1; next is not null && page < Pages; page++)
        {
            var answer = await calls.PageAsync(next, cancellationToken);
            if (!answer.IsOk)
                break;
            fresh += answer.Value!.Where(IsOpen).Count(New.Add);
            next = answer.Next;
            Tell();
        }

        var taken = await calls.ListAsync("status=acknowledged", 1, cancellationToken);
        if (taken.IsOk)
            InProgress.Become(taken.Value!);
        Tell();
        return fresh;
    }

    private async Task HeardAsync(ServerEvent e)
    {
        if (e.Kind == "anomaly" && JsonSerializer.Deserialize(e.Data, ApiJson.Default.AnomalyItem) is { } a)
        {
            var isNew = a.Status == AnomalyStatus.New && New.Add(a);
            if (!cameras.Knows(a.CameraId))
                await cameras.LoadAsync(CancellationToken.None);
            if (isNew)
                Sound(Card.SeverityOf(a));
            Tell();
            if (a.PictureUrl is null)
                _ = FindPictureAsync(a.Id);
        }
        else if (e.Kind == "anomaly_changed" && JsonSerializer.Deserialize(e.Data, ApiJson.Default.AnomalyChange) is { } change)
        {
            await ChangedAsync(change);
        }
    }

    /// <summary>Handles a colleague's decision, or the echo of one made here.</summary>
    private async Task ChangedAsync(AnomalyChange change)
    {
        if (change.Status == AnomalyStatus.New
            ? New.Holds(change.Id)
            : change.Status == AnomalyStatus.Acknowledged && InProgress.Holds(change.Id))
            return;
        if (change.Status == AnomalyStatus.Resolved)
        {
            if (New.Remove(change.Id) | InProgress.Remove(change.Id))
                Tell();
            return;
        }

        New.Remove(change.Id);
        InProgress.Remove(change.Id);
        if ((await calls.FindAsync(change.Id)).Value is { } a)
            Queue(a);
        Tell();
    }

    private async Task FindPictureAsync(long id)
    {
        foreach (var pause in s_pictureTries)
        {
            await Task.Delay(pause, time);
            if (!New.Holds(id) || (await RenewAsync(id))?.PictureUrl is not null)
                return;
        }
    }

    // The page may have been read before the server stored a decision made here.
    private bool IsOpen(Anomaly a) => !_decided.Exists(d => d.Ids.Contains(a.Id));

    private void Queue(Anomaly a)
    {
        if (a.Status == AnomalyStatus.New)
            New.Add(a);
        else if (a.Status == AnomalyStatus.Acknowledged)
            InProgress.Add(a);
    }

    private void Lost()
    {
        LostAt ??= time.GetUtcNow();
        Tell();
    }

    private void Sound(AnomalySeverity severity)
    {
        if (!IsMuted)
            browser.Chime(severity == AnomalySeverity.Critical);
    }

    private void Tell()
    {
        browser.Count(New.Cards.Count);
        Changed?.Invoke();
    }

    private sealed record Decided(Decision What, IReadOnlyList<long> Ids);
}
