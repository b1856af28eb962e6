using System.Text.Json;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Browser;
using Siaga.App.Dashboard.Session;

namespace Siaga.App.Dashboard.Watch;

/// <summary>What a guard says of a card.</summary>
public enum Decision
{
    TakenOn,
    Confirmed,
    FalseAlarm,

    /// <summary>A false alarm whose like the camera's scene detector is to expect from now on. It cannot be taken back.</summary>
    Normal,
}

/// <summary>
/// What waits for a decision, on whatever page one is: it hears of new anomalies, keeps the queue, sends decisions and takes them back.
/// Lives as long as the tab; runs while somebody is signed in.
/// </summary>
public sealed class AlertQueueState(
    AnomalyCalls calls, CameraDirectory cameras, EventStream stream, SessionState session, BrowserInterop browser, TimeProvider time)
    : IDisposable
{
    private const string KeptMute = "siaga.muted";
    private const int Pages = CardQueue.Most / AnomalyCalls.MostAPage;
    private const int AtOnce = 4;
    private const int KeptDecisions = 50;

    // The picture is stored a moment after the report: it is asked for a few times.
    private static readonly TimeSpan[] s_pictureTries = [TimeSpan.FromSeconds(0.7), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)];

    private readonly List<Decided> _decided = [];
    private CancellationTokenSource? _running;
    private long _person;
    private bool _wasOpen;

    public CardQueue New { get; } = new();

    /// <summary>What somebody has taken on and not yet called anything.</summary>
    public CardQueue InHand { get; } = new();

    /// <summary>The first page of what waits has come.</summary>
    public bool IsLoaded { get; private set; }

    public Problem? Problem { get; private set; }

    /// <summary>Since when nothing is heard; null while the connection stands.</summary>
    public DateTimeOffset? LostAt { get; private set; }

    /// <summary>What came while the connection was lost, until somebody has read it; null: nothing to read.</summary>
    public int? Missed { get; private set; }

    public bool IsMuted { get; private set; }

    public bool CanUndo => _decided.Count > 0;

    public event Action? Changed;

    /// <summary>Begins for who is signed in. Safe to repeat.</summary>
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
        InHand.Become([]);
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

    /// <summary>Decides on everything of a card: it leaves the queue at once, and comes back if the server refuses.</summary>
    /// <returns>The first problem; null: done.</returns>
    public async Task<Problem?> DecideAsync(Card card, Decision decision)
    {
        var anomalies = card.Anomalies.ToList();
        foreach (var a in anomalies)
        {
            New.Remove(a.Id);
            InHand.Remove(a.Id);
        }

        Remember(new Decided(decision, [.. anomalies.Select(a => a.Id)]));
        Tell();
        Problem? first = null;
        foreach (var some in anomalies.Chunk(AtOnce))
        {
            foreach (var (a, answer) in some.Zip(await Task.WhenAll(some.Select(a => SendAsync(a.Id, decision)))))
            {
                // Somebody else's decision stands; anything else has to be tried again.
                if (answer.Problem is { Status: not 409 })
                    Queue(a);
                else if (answer.Value is { Status: Statuses.Acknowledged } taken)
                    InHand.Add(taken);
                first ??= answer.Problem;
            }
        }

        Tell();
        return first;
    }

    /// <summary>Takes the last decision back.</summary>
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
                InHand.Remove(id);
                Queue(a);
                back ??= a;
            }
        }

        Tell();
        return (last.What, back, first);
    }

    /// <summary>Asks for one anew: for its picture, or for links that work again.</summary>
    public async Task<Anomaly?> RenewAsync(long id)
    {
        if ((await calls.FindAsync(id)).Value is not { } a)
            return null;

        // Whatever left the queue while the answer was under way stays away: the answer is older than the decision.
        if (New.Holds(id) || InHand.Holds(id))
        {
            Queue(a);
            Tell();
        }

        return a;
    }

    public void Order(bool gravestFirst)
    {
        New.Order(gravestFirst);
        InHand.Order(gravestFirst);
        Tell();
    }

    private Task<Answer<Anomaly>> SendAsync(long id, Decision decision) => decision switch
    {
        Decision.TakenOn => calls.AcknowledgeAsync(id),
        Decision.Confirmed => calls.ResolveAsync(id, Resolutions.Confirmed),
        Decision.Normal => calls.ResolveAsync(id, Resolutions.FalseAlarm, normal: true),
        _ => calls.ResolveAsync(id, Resolutions.FalseAlarm),
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
                Sound(Gravity.Grave);
            Tell();
        }
    }

    /// <returns>How many were not known before.</returns>
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
            InHand.Become(taken.Value!);
        Tell();
        return fresh;
    }

    private async Task HeardAsync(ServerEvent e)
    {
        if (e.Kind == "anomaly" && JsonSerializer.Deserialize(e.Data, AnomalyJson.Default.Anomaly) is { } a)
        {
            var isNew = a.Status == Statuses.New && New.Add(a);
            if (!cameras.Knows(a.CameraId))
                await cameras.LoadAsync(CancellationToken.None);
            if (isNew)
                Sound(Card.GravityOf(a));
            Tell();
            if (a.PictureUrl is null)
                _ = FindPictureAsync(a.Id);
        }
        else if (e.Kind == "anomaly_changed" && JsonSerializer.Deserialize(e.Data, WatchJson.Default.AnomalyChange) is { } change)
        {
            await ChangedAsync(change);
        }
    }

    /// <summary>A colleague's decision, or the echo of one's own.</summary>
    private async Task ChangedAsync(AnomalyChange change)
    {
        if (change.Status == Statuses.New ? New.Holds(change.Id) : change.Status == Statuses.Acknowledged && InHand.Holds(change.Id))
            return;
        if (change.Status == Statuses.Resolved)
        {
            if (New.Remove(change.Id) | InHand.Remove(change.Id))
                Tell();
            return;
        }

        New.Remove(change.Id);
        InHand.Remove(change.Id);
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

    // A page may have been read before one's own decision arrived.
    private bool IsOpen(Anomaly a) => !_decided.Exists(d => d.Ids.Contains(a.Id));

    private void Queue(Anomaly a)
    {
        if (a.Status == Statuses.New)
            New.Add(a);
        else if (a.Status == Statuses.Acknowledged)
            InHand.Add(a);
    }

    private void Lost()
    {
        LostAt ??= time.GetUtcNow();
        Tell();
    }

    private void Sound(Gravity gravity)
    {
        if (!IsMuted)
            browser.Chime(gravity == Gravity.Grave);
    }

    private void Tell()
    {
        browser.Count(New.Cards.Count);
        Changed?.Invoke();
    }

    private sealed record Decided(Decision What, IReadOnlyList<long> Ids);
}

public sealed record AnomalyChange(long Id, string Status);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.SnakeCaseLower)]
[System.Text.Json.Serialization.JsonSerializable(typeof(AnomalyChange))]
internal sealed partial class WatchJson : System.Text.Json.Serialization.JsonSerializerContext;
