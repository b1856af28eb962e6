using System.Net;
using Siaga.App.Dashboard.Browser;
using Siaga.App.Dashboard.Session;
using Siaga.App.Dashboard.Watch;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class EventStreamTests : IDisposable
{
    private readonly FakeDesk _desk = new(_ => FakeServer.Json("[]"));
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _seen = [];

    public void Dispose()
    {
        _end.Dispose();
        _desk.Dispose();
    }

    [Fact]
    public void A_stream_is_open_with_its_first_bytes_and_events_follow()
    {
        _ = Run();
        Assert.Empty(_seen);
        _desk.Write(": heartbeat\n\n");
        _desk.Send("anomaly", "{}", 7);
        _desk.Write(": heartbeat\n\n");
        Assert.Equal(["opened", "anomaly {}"], _seen);
    }

    [Fact]
    public void A_stream_that_was_lost_goes_on_after_its_last_event()
    {
        _ = Run();
        _desk.Send("anomaly", "{}", 7);
        _desk.Break();
        Assert.Equal("lost", _seen[^1]);
        _desk.Time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Single(_desk.Streams);
        _desk.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((2, "7"), (_desk.Streams.Count, _desk.Streams[1].After!));
        Assert.Null(_desk.Streams[0].After);
        _desk.Write(": heartbeat\n\n");
        Assert.Equal(["opened", "anomaly {}", "lost", "opened"], _seen);
    }

    [Fact]
    public void A_server_that_is_away_is_asked_less_and_less_often_and_at_once_after_it_was_back()
    {
        _desk.Away = new HttpRequestException();
        _ = Run();
        foreach (var pause in (double[])[0.5, 1, 2, 4, 8, 8])
        {
            var tries = _seen.Count;
            _desk.Time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(tries, _seen.Count);
            _desk.Time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(tries + 1, _seen.Count);
        }

        _desk.Away = null;
        _desk.Time.Advance(TimeSpan.FromSeconds(8));
        _desk.Write(": heartbeat\n\n");
        _desk.Break();
        _desk.Time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(2, _desk.Streams.Count);
    }

    [Fact]
    public void A_session_that_has_ended_is_renewed_before_the_next_try()
    {
        _desk.Refusal = HttpStatusCode.Unauthorized;
        _desk.Scripts.Swaps.Enqueue(new TokenSwap(200, FakeDesk.TokenUntil(FakeDesk.Now.AddHours(2), user: 4)));
        _ = Run();
        Assert.Equal((4, SessionStage.In), (_desk.Session.Person!.Id, _desk.Session.Stage));
        Assert.Equal(["lost"], _seen);
    }

    [Fact]
    public void What_is_ended_is_not_lost()
    {
        var running = Run();
        _desk.Send("anomaly", "{}", 7);
        _end.Cancel();
        Assert.True(running.IsCompletedSuccessfully);
        Assert.Equal(["opened", "anomaly {}"], _seen);
    }

    private Task Run() => new EventStream(_desk.Api, _desk.Session, _desk.Time).RunAsync(
        () => Seen("opened"), e => Seen($"{e.Kind} {e.Data}"), () => _seen.Add("lost"), _end.Token);

    private Task Seen(string what)
    {
        _seen.Add(what);
        return Task.CompletedTask;
    }
}
