using Microsoft.Extensions.Time.Testing;
using Siaga.Cameras;
using Siaga.Database;

namespace Siaga.Tests.Unit.Cameras;

public sealed class CameraKeySignalTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(8);

    private readonly FakeTimeProvider _time = new();
    private readonly CacheInvalidation _changes;
    private readonly CameraKeySignal _signal;

    public CameraKeySignalTests()
    {
        _changes = new CacheInvalidation(_time);
        _signal = new CameraKeySignal(_changes);
        _changes.Connected();
    }

    [Theory]
    [InlineData("camera_keys", true)]
    [InlineData("sessions", false)]
    public async Task Only_a_change_of_keys_ends_the_wait(string topic, bool ends)
    {
        var mark = _signal.Mark;
        var waiting = _signal.WaitAsync(mark, s_limit, _time, default);
        Assert.False(waiting.IsCompleted);
        _changes.Changed(topic);
        Assert.Equal(ends, _signal.Mark != mark);
        if (ends)
            await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        else
            Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task A_change_between_the_mark_and_the_wait_is_not_missed()
    {
        var mark = _signal.Mark;
        _changes.Changed(CameraKeySignal.Topic);
        await _signal.WaitAsync(mark, s_limit, _time, default).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_wait_ends_at_its_limit()
    {
        var waiting = _signal.WaitAsync(_signal.Mark, s_limit, _time, default);
        _time.Advance(s_limit - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_mark_of_another_process_is_not_waited_for() =>
        Assert.True(_signal.WaitAsync(new CameraKeySignal(_changes).Mark, s_limit, _time, default).IsCompletedSuccessfully);

    [Fact]
    public void Without_the_changes_of_other_processes_nothing_waits()
    {
        _changes.Disconnected();
        Assert.True(_signal.WaitAsync(_signal.Mark, s_limit, _time, default).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Whoever_waits_can_give_up()
    {
        using var stop = new CancellationTokenSource();
        var waiting = _signal.WaitAsync(_signal.Mark, s_limit, _time, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
