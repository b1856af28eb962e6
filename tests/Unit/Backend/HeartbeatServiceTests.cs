using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Siaga.Backend;
using Siaga.Primitives;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Backend;

public sealed class HeartbeatServiceTests
{
    private readonly FakeOutages _outages = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_service_that_is_ready_says_so_under_its_name()
    {
        var beat = await BeatAsync(null, HttpStatusCode.NoContent);
        Assert.Equal(("host/1", true), (beat.GetProperty("name").GetString()!, beat.GetProperty("ready").GetBoolean()));
        Assert.False(beat.TryGetProperty("status", out _));
        Assert.Equal(new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero), beat.GetProperty("last_work_at").GetDateTimeOffset());
        Assert.Equal(["heartbeat of the worker"], _outages.Successes);
        Assert.Empty(_outages.Failures);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task One_that_is_not_says_why_in_a_few_words(int length)
    {
        var beat = await BeatAsync(new string('a', length), HttpStatusCode.NoContent);
        Assert.False(beat.GetProperty("ready").GetBoolean());
        Assert.Equal(200, beat.GetProperty("status").GetString()!.Length);
    }

    [Fact]
    public async Task A_backend_that_refuses_is_an_outage()
    {
        await BeatAsync(null, HttpStatusCode.Unauthorized);
        Assert.Equal(["backend_unavailable: heartbeat of the worker"], _outages.Failures);
        Assert.Empty(_outages.Successes);
    }

    [Fact]
    public async Task One_that_hangs_is_left_before_the_next_heartbeat_is_due()
    {
        using var server = new FakeServer(_ =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            throw new OperationCanceledException("as a call that is cancelled");
        });
        using var service = ServiceOf(server, null);
        await Assert.ThrowsAsync<TimeoutException>(() => service.RunOnceAsync(TestContext.Current.CancellationToken));
    }

    private async Task<JsonElement> BeatAsync(string? missing, HttpStatusCode answer)
    {
        using var server = new FakeServer(_ => FakeServer.Empty(answer));
        using var service = ServiceOf(server, missing);
        await service.RunOnceAsync(CancellationToken.None);
        Assert.Equal(["POST /internal/workers/heartbeat"], server.Asked);
        return JsonElement.Parse(server.Bodies.Single());
    }

    private HeartbeatService ServiceOf(FakeServer server, string? missing)
    {
        var address = new BackendAddress();
        address.Set(new Uri("http://backend/"));
        var heart = new HeartbeatSource("worker", "internal/workers/heartbeat", "host/1")
        {
            LastWorkAt = () => new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero),
        };
        return new HeartbeatService(heart, server.ToBackend(), address, new Readiness([new Check(missing)]), _outages, _time);
    }

    private sealed class Check(string? missing) : IReadiness
    {
        public string Service => "worker";

        public Task<Error?> CheckAsync(CancellationToken cancellationToken) =>
            Task.FromResult(missing is null ? null : new Error(ErrorKind.Unavailable, "detector_missing", missing));
    }
}
