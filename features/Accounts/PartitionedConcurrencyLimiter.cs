namespace Siaga.Accounts;

/// <summary>
/// Limits how many callers do something slow at once. The callers of one address queue behind each other, and each address has one
/// place in the common queue: an address with a thousand requests delays others by one turn, not by a thousand.
/// </summary>
/// <param name="atOnce">Callers that have a turn at the same time.</param>
/// <param name="maxWaiting">Callers of one address, those with a turn included; further ones are turned away.</param>
/// <param name="patience">How long a caller waits in each of the two queues before it is turned away.</param>
internal sealed class PartitionedConcurrencyLimiter(int atOnce, int maxWaiting, TimeSpan patience) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(atOnce);
    private readonly Dictionary<string, Queueing> _addresses = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>
    /// Waits for a turn; disposing the result ends the turn. Null: too many callers of this address are waiting, or it took too long.
    /// </summary>
    public Task<IDisposable?> TakeAsync(string address, CancellationToken cancellationToken) =>
        TakeAsync(address, patience, cancellationToken);

    /// <summary>Waits for a turn as long as it takes, behind no other caller of the same address; disposing the result ends it.</summary>
    public async Task<IDisposable> WaitAsync(CancellationToken cancellationToken) =>
        (await TakeAsync(Guid.NewGuid().ToString(), Timeout.InfiniteTimeSpan, cancellationToken))!;

    public void Dispose() => _turns.Dispose();

    private async Task<IDisposable?> TakeAsync(string address, TimeSpan limit, CancellationToken cancellationToken)
    {
        Queueing own;
        lock (_gate)
        {
            if (!_addresses.TryGetValue(address, out own!))
                _addresses[address] = own = new Queueing();
            if (own.Count >= maxWaiting)
                return null;
            own.Count++;
        }

        var turn = false;
        try
        {
            turn = await own.Place.WaitAsync(limit, cancellationToken) && await GetTurnAsync(own, limit, cancellationToken);
            return turn ? new Turn(this, address, own) : null;
        }
        finally
        {
            if (!turn)
                Leave(address, own);
        }
    }

    /// <summary>Gives back the place in the address's own queue if there is no turn.</summary>
    private async Task<bool> GetTurnAsync(Queueing own, TimeSpan limit, CancellationToken cancellationToken)
    {
        var turn = false;
        try
        {
            return turn = await _turns.WaitAsync(limit, cancellationToken);
        }
        finally
        {
            if (!turn)
                own.Place.Release();
        }
    }

    private void Leave(string address, Queueing own)
    {
        lock (_gate)
        {
            if (--own.Count == 0)
                _addresses.Remove(address);
        }
    }

    private sealed class Queueing
    {
        public int Count { get; set; }

        public SemaphoreSlim Place { get; } = new(1);
    }

    private sealed class Turn(PartitionedConcurrencyLimiter turns, string address, Queueing own) : IDisposable
    {
        public void Dispose()
        {
            turns._turns.Release();
            own.Place.Release();
            turns.Leave(address, own);
        }
    }
}
