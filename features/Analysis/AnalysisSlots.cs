using Microsoft.Extensions.Options;

namespace Siaga.Analysis;

/// <summary>
/// So many analyses at once, each on a thread of its own: a clip keeps a core busy for a second, and the pool's few threads are for those who
/// answer requests. Fetching and reporting happen outside, so that the cores do not wait for a disk or the Backend.
/// </summary>
internal sealed class AnalysisSlots(IOptions<WorkerOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.Concurrency);

    /// <summary>How many tasks are worth having in hand: one in each slot, one on its way in or out.</summary>
    public int Hands => options.Value.Concurrency * 2;

    public async Task<T> RunAsync<T>(Func<T> analyse, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Factory.StartNew(analyse, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
