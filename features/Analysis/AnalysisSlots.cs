using Microsoft.Extensions.Options;

namespace Siaga.Analysis;

/// <summary>
/// Limits how many analyses run at once, each on its own thread: a clip keeps a core busy for about a second, and the pool's few threads
/// must stay free for requests. Fetching and reporting happen outside a slot, so that no core waits for a disk or the Backend.
/// </summary>
internal sealed class AnalysisSlots(IOptions<WorkerOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.Concurrency);

    /// <summary>How many tasks to take from the queue at once: one for each slot, and one that is being fetched or reported.</summary>
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
