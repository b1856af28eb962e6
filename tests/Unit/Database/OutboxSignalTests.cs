using Siaga.Database;

namespace Siaga.Tests.Unit.Database;

public sealed class OutboxSignalTests
{
    private readonly OutboxSignal _signal = new();

    [Fact]
    public async Task A_signal_wakes_its_own_database_only()
    {
        var (backend, ingestion) = (WaitAsync(typeof(BackendDb)), WaitAsync(typeof(IngestionDb)));
        _signal.Set(typeof(BackendDb));
        await backend;
        Assert.False(ingestion.IsCompleted);
        _signal.Set(typeof(IngestionDb));
        await ingestion;
    }

    [Fact]
    public void Several_signals_before_a_wait_are_one()
    {
        _signal.Set(typeof(BackendDb));
        _signal.Set(typeof(BackendDb));
        Assert.True(WaitAsync(typeof(BackendDb)).IsCompleted);
        Assert.False(WaitAsync(typeof(BackendDb)).IsCompleted);
    }

    private Task WaitAsync(Type database) => _signal.WaitAsync(database, Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
}
