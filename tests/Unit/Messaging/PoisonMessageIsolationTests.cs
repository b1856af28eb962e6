using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Siaga.Messaging;

namespace Siaga.Tests.Unit.Messaging;

public sealed class PoisonMessageIsolationTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly PoisonMessageIsolation _gate;

    public PoisonMessageIsolationTests() => _gate = new(_time);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task Messages_that_are_not_suspect_are_handled_together()
    {
        using var first = await _gate.EnterAsync(alone: false, Cancelled);
        using var second = await _gate.EnterAsync(alone: false, Cancelled);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task A_suspect_waits_until_the_last_of_the_others_is_done()
    {
        var first = await _gate.EnterAsync(alone: false, Cancelled);
        var second = await _gate.EnterAsync(alone: false, Cancelled);
        var suspect = _gate.EnterAsync(alone: true, Cancelled);
        first!.Dispose();
        first.Dispose();
        Assert.False(suspect.IsCompleted);
        second!.Dispose();
        Assert.NotNull(await suspect);
    }

    [Fact]
    public async Task Others_wait_while_a_suspect_runs()
    {
        var suspect = await _gate.EnterAsync(alone: true, Cancelled);
        var other = _gate.EnterAsync(alone: false, Cancelled);
        Assert.False(other.IsCompleted);
        suspect!.Dispose();
        Assert.NotNull(await other);
    }

    [Fact]
    public async Task A_second_suspect_is_refused_until_the_first_is_done()
    {
        var first = await _gate.EnterAsync(alone: true, Cancelled);
        Assert.Null(await _gate.EnterAsync(alone: true, Cancelled));
        first!.Dispose();
        Assert.NotNull(await _gate.EnterAsync(alone: true, Cancelled));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_suspect_that_stops_waiting_gives_its_turn_back(bool waitsForEntry)
    {
        var inside = await _gate.EnterAsync(alone: false, Cancelled);
        using var stop = new CancellationTokenSource();
        if (waitsForEntry)
            await stop.CancelAsync();
        var suspect = _gate.EnterAsync(alone: true, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => suspect);
        inside!.Dispose();
        var (next, other) = (await _gate.EnterAsync(alone: true, Cancelled), _gate.EnterAsync(alone: false, Cancelled));
        Assert.NotNull(next);
        Assert.False(other.IsCompleted);
        next.Dispose();
        Assert.NotNull(await other);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(99, 100)]
    [InlineData(700, 700)]
    [InlineData(2000, 2000)]
    [InlineData(60_000, 2000)]
    public async Task A_refused_suspect_waits_as_long_as_the_one_that_runs_has_taken(int taken, int milliseconds)
    {
        using var suspect = await _gate.EnterAsync(alone: true, Cancelled);
        _time.Advance(TimeSpan.FromMilliseconds(taken));
        Assert.Equal(milliseconds, _gate.Turn(0.5).TotalMilliseconds, 3);
    }

    [Fact]
    public void Jitter_spreads_the_turn_from_a_half_to_one_and_a_half() =>
        Gen.Double[0, 1].Sample(jitter => Math.Abs((_gate.Turn(jitter) / _gate.Turn(0.5)) - (0.5 + jitter)) < 1e-3);
}
