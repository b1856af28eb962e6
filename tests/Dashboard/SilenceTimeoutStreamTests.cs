using System.IO.Pipelines;
using System.Net.ServerSentEvents;
using Siaga.App.Dashboard.Watch;

namespace Siaga.Tests.Dashboard;

/// <summary>The bytes of live events: a silent connection is noticed, and a heartbeat keeps it alive.</summary>
public sealed class SilenceTimeoutStreamTests
{
    private readonly Pipe _pipe = new();
    private int _chunks;

    [Fact]
    public async Task A_read_that_gets_nothing_is_cancelled()
    {
        await using var stream = Open(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.ReadAsync(new byte[8], CancellationToken.None).AsTask());
        Assert.Equal(0, _chunks);
    }

    [Fact]
    public async Task A_heartbeat_is_noticed_though_the_parser_passes_none_on()
    {
        await using var stream = Open(TimeSpan.FromMinutes(1));
        await using var events = SseParser.Create(stream).EnumerateAsync(CancellationToken.None).GetAsyncEnumerator();
        var next = events.MoveNextAsync().AsTask();
        await _pipe.Writer.WriteAsync(": welcome\n\n"u8.ToArray());
        await Eventually.TrueAsync("the heartbeat has arrived", () => Volatile.Read(ref _chunks) == 1);
        Assert.False(next.IsCompleted);
        await _pipe.Writer.WriteAsync("id: 12\nevent: anomaly\ndata: {}\n\n"u8.ToArray());
        Assert.True(await next);
        Assert.Equal(("12", "anomaly", "{}"), (events.Current.EventId, events.Current.EventType, events.Current.Data));
        Assert.Equal(2, _chunks);
    }

    private SilenceTimeoutStream Open(TimeSpan silence) => new(_pipe.Reader.AsStream(), silence, () =>
    {
        Interlocked.Increment(ref _chunks);
        return ValueTask.CompletedTask;
    });
}
