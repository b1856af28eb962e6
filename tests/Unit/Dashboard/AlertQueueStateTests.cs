using System.Net;
using System.Text.Json;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Watch;
using Siaga.Messages.Api;
using Siaga.Tests.Unit.Fakes;
using Anomaly = Siaga.Messages.Api.AnomalyItem;

namespace Siaga.Tests.Unit.Dashboard;

/// <summary>What a guard sees of new anomalies, of colleagues' decisions and of a lost connection.</summary>
public sealed class AlertQueueStateTests : IDisposable
{
    private readonly Dictionary<long, Anomaly> _stored = [];
    private readonly FakeDesk _desk;
    private readonly AlertQueueState _state;
    private HttpStatusCode? _refusal;

    public AlertQueueStateTests()
    {
        _desk = new FakeDesk(Answer);
        _state = new AlertQueueState(
            new AnomalyCalls(_desk.Api), _desk.Cameras, new EventStream(_desk.Api, _desk.Session, _desk.Time), _desk.Session, _desk.Browser,
            _desk.Time);
    }

    public void Dispose()
    {
        _state.Dispose();
        _desk.Dispose();
    }

    [Fact]
    public void What_waits_is_loaded_when_the_stream_is_open()
    {
        Begin(FakeDesk.Anomaly(1), FakeDesk.Anomaly(2) with { Status = AnomalyStatus.Acknowledged });
        Assert.True(_state.IsLoaded);
        AssertQueues([1], [2]);
        Assert.Contains("title (1) Siaga", _desk.Scripts.Told);
        Assert.DoesNotContain("chime True", _desk.Scripts.Told);
    }

    [Theory]
    [InlineData(0.95, "chime True")]
    [InlineData(0.8, "chime False")]
    public void A_new_anomaly_is_queued_and_heard_once(double confidence, string chime)
    {
        Begin();
        Hear(FakeDesk.Anomaly(1, confidence: confidence), 1);
        Hear(FakeDesk.Anomaly(1, confidence: confidence), 2);
        Assert.Equal([1], Ids(_state.New));
        Assert.Single(_desk.Scripts.Told, chime);
    }

    [Fact]
    public void Who_muted_hears_nothing_also_after_a_reload()
    {
        Begin();
        _state.Mute(true);
        Hear(FakeDesk.Anomaly(1, confidence: 0.95), 1);
        Assert.DoesNotContain("chime True", _desk.Scripts.Told);
        Assert.Equal("yes", _desk.Scripts.Kept["siaga.muted"]);
        _state.Mute(false);
        Assert.False(_desk.Scripts.Kept.ContainsKey("siaga.muted"));
    }

    [Theory]
    [InlineData(Decision.Acknowledged, "acknowledge", "{}", true)]
    [InlineData(Decision.Confirmed, "resolve", """{"resolution":"confirmed","normal":false}""", false)]
    [InlineData(Decision.FalseAlarm, "resolve", """{"resolution":"false_alarm","normal":false}""", false)]
    [InlineData(Decision.Normal, "resolve", """{"resolution":"false_alarm","normal":true}""", false)]
    public async Task A_decision_is_sent_for_each_anomaly_of_the_card(Decision decision, string call, string body, bool isInProgress)
    {
        Begin(FakeDesk.Anomaly(1), FakeDesk.Anomaly(2, 10));
        Assert.Null(await _state.DecideAsync(_state.New.Cards.Single(), decision));
        Assert.Empty(_state.New.Cards);
        Assert.Equal(isInProgress ? 2 : 0, _state.InProgress.Anomalies);
        Assert.Equal(
            [$"POST /api/anomalies/1/{call}", $"POST /api/anomalies/2/{call}"],
            _desk.Server.Asked.Where(a => a.StartsWith("POST", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal([body, body], _desk.Server.Bodies.Where(b => b.Length > 0));
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    public async Task A_decision_that_is_refused_comes_back_unless_a_colleague_was_first(HttpStatusCode refusal, bool comesBack)
    {
        Begin(FakeDesk.Anomaly(1));
        _refusal = refusal;
        Assert.Equal((int)refusal, (await _state.DecideAsync(_state.New.Cards.Single(), Decision.Confirmed))!.Status);
        Assert.Equal(comesBack ? [1] : [], Ids(_state.New));
    }

    [Fact]
    public async Task The_last_decision_can_be_undone_and_then_the_one_before()
    {
        Begin(FakeDesk.Anomaly(1), FakeDesk.Anomaly(2, 1000));
        Assert.False(_state.CanUndo);
        await _state.DecideAsync(_state.New.CardOf(1)!, Decision.Confirmed);
        await _state.DecideAsync(_state.New.CardOf(2)!, Decision.Acknowledged);
        var (what, back, problem) = await _state.UndoAsync();
        Assert.Equal((Decision.Acknowledged, 2), (what!.Value, back!.Id));
        Assert.Null(problem);
        AssertQueues([2], []);
        Assert.Equal(Decision.Confirmed, (await _state.UndoAsync()).What);
        Assert.Equal([1, 2], Ids(_state.New));
        Assert.Null((await _state.UndoAsync()).What);
    }

    [Fact]
    public void A_colleague_s_decision_moves_the_anomaly()
    {
        Begin(FakeDesk.Anomaly(1));
        Change(1, AnomalyStatus.Acknowledged, 1);
        AssertQueues([], [1]);
        Change(1, AnomalyStatus.New, 2);
        AssertQueues([1], []);
        Change(1, AnomalyStatus.Resolved, 3);
        AssertQueues([], []);
    }

    [Fact]
    public void The_echo_of_what_is_known_asks_nothing()
    {
        Begin(FakeDesk.Anomaly(1));
        var asked = _desk.Server.Asked.Count;
        Change(1, AnomalyStatus.New, 1);
        Change(9, AnomalyStatus.Resolved, 2);
        Assert.Equal(asked, _desk.Server.Asked.Count);
    }

    [Fact]
    public async Task A_page_that_was_read_before_a_decision_was_stored_does_not_bring_it_back()
    {
        Begin(FakeDesk.Anomaly(1));
        await _state.DecideAsync(_state.New.Cards.Single(), Decision.Confirmed);
        _stored[1] = FakeDesk.Anomaly(1);
        await _state.RetryAsync();
        Assert.Empty(_state.New.Cards);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_came_while_the_connection_was_lost_is_counted_and_heard(bool came)
    {
        Begin();
        _desk.Break();
        Assert.Equal(FakeDesk.Now, _state.LostAt);
        if (came)
            _stored[1] = FakeDesk.Anomaly(1);
        _desk.Time.Advance(TimeSpan.FromSeconds(1));
        _desk.Write(": heartbeat\n\n");
        Assert.Null(_state.LostAt);
        Assert.Equal(came ? 1 : 0, _state.Missed);
        Assert.Equal(came, _desk.Scripts.Told.Contains("chime True", StringComparer.Ordinal));
        _state.MissedWasRead();
        Assert.Null(_state.Missed);
    }

    [Fact]
    public void A_first_page_that_cannot_be_read_is_a_problem_and_a_later_one_is_not()
    {
        _refusal = HttpStatusCode.ServiceUnavailable;
        Begin();
        Assert.Equal((503, false), (_state.Problem!.Status, _state.IsLoaded));
        _refusal = null;
        Assert.True(_state.RetryAsync().IsCompletedSuccessfully);
        Assert.True(_state.IsLoaded);
        _refusal = HttpStatusCode.ServiceUnavailable;
        Assert.True(_state.RetryAsync().IsCompletedSuccessfully);
        Assert.Null(_state.Problem);
    }

    [Fact]
    public void A_picture_that_is_stored_later_is_asked_for_until_it_is_there()
    {
        Begin();
        Hear(FakeDesk.Anomaly(1) with { PictureUrl = null }, 1);
        _desk.Time.Advance(TimeSpan.FromSeconds(0.7));
        Assert.Null(_state.New.Cards.Single().Face.PictureUrl);
        _stored[1] = FakeDesk.Anomaly(1);
        _desk.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("/blobs/a.jpg", _state.New.Cards.Single().Face.PictureUrl);
        var asked = _desk.Server.Asked.Count;
        _desk.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(asked, _desk.Server.Asked.Count);
    }

    [Fact]
    public async Task One_that_has_left_the_queue_stays_out_when_it_is_read_again()
    {
        Begin(FakeDesk.Anomaly(1));
        await _state.DecideAsync(_state.New.Cards.Single(), Decision.Confirmed);
        _stored[1] = FakeDesk.Anomaly(1);
        Assert.Equal(1, (await _state.RenewAsync(1))!.Id);
        Assert.Empty(_state.New.Cards);
    }

    [Fact]
    public void Another_person_begins_with_an_empty_queue_and_the_same_one_keeps_it()
    {
        Begin(FakeDesk.Anomaly(1));
        _state.Begin();
        Assert.Single(_desk.Streams);
        _desk.Session.Begin(FakeDesk.TokenUntil(FakeDesk.Now.AddHours(1), user: 4), "refresh");
        _state.Begin();
        Assert.Equal((2, 0, false), (_desk.Streams.Count, _state.New.Anomalies, _state.IsLoaded));
        _state.End();
        Assert.False(_state.CanUndo);
    }

    private static List<long> Ids(CardQueue queue) => [.. queue.Cards.SelectMany(c => c.Anomalies).Select(a => a.Id).Order()];

    private static string NameOf(AnomalyStatus status) => status switch
    {
        AnomalyStatus.New => "new",
        AnomalyStatus.Acknowledged => "acknowledged",
        _ => "resolved",
    };

    private void AssertQueues(long[] fresh, long[] inProgress)
    {
        Assert.Equal(fresh, Ids(_state.New));
        Assert.Equal(inProgress, Ids(_state.InProgress));
    }

    private void Begin(params Anomaly[] waiting)
    {
        foreach (var a in waiting)
            _stored[a.Id] = a;
        _state.Begin();
        _desk.Write(": hello\n\n");
    }

    private void Hear(Anomaly a, int number)
    {
        _stored[a.Id] = a;
        _desk.Send("anomaly", JsonSerializer.Serialize(a, ApiJson.Default.AnomalyItem), number);
    }

    private void Change(long id, AnomalyStatus status, int number)
    {
        if (_stored.TryGetValue(id, out var a))
            _stored[id] = a with { Status = status };
        _desk.Send("anomaly_changed", $$"""{"id":{{id}},"status":"{{NameOf(status)}}"}""", number);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        var path = request.RequestUri!.PathAndQuery;
        if (path.StartsWith("/api/cameras", StringComparison.Ordinal))
            return FakeServer.Json("""[{"id":9,"company_id":7,"name":"Gate"}]""");
        if (_refusal is { } status)
            return FakeServer.Json("""{"code":"failed"}""", status);
        if (path.StartsWith("/api/anomalies?", StringComparison.Ordinal))
        {
            var wanted = path.Split("status=")[1];
            return FakeServer.Json(FakeDesk.Json([.. _stored.Values.Where(a => NameOf(a.Status) == wanted)]));
        }

        var parts = path.Split('/');
        var id = long.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture);
        if (parts.Length > 4)
        {
            _stored[id] = _stored[id] with
            {
                Status = parts[4] switch
                {
                    "acknowledge" => AnomalyStatus.Acknowledged,
                    "reopen" => AnomalyStatus.New,
                    _ => AnomalyStatus.Resolved,
                },
            };
        }

        return FakeServer.Json(JsonSerializer.Serialize(_stored[id], ApiJson.Default.AnomalyItem));
    }
}
