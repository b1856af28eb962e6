namespace Siaga.Messaging;

/// <summary>
/// A message whose delivery ended with the process is a suspect, and is handled alone from then on. Otherwise whatever was in hand beside one that
/// kills the process would die with it again and again, and be given up in the end for nothing it did. For the same reason a suspect does not wait
/// for another one: it would die in the queue.
/// </summary>
internal sealed class PoisonMessageIsolation(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    /// <summary>Held for a moment by whoever comes in, and by a suspect until it leaves.</summary>
    private readonly SemaphoreSlim _door = new(1);

    private readonly Lock _counting = new();
    private int _inside;
    private TaskCompletionSource? _empty;
    private int _suspects;
    private long _since;

    /// <summary>
    /// How long a suspect that was not let in does best to stay away: as long as the one before it has taken until now. Many that were in hand
    /// at once then pass one after another without a pause, and none asks all the time for one that takes long.
    /// </summary>
    /// <param name="jitter">0 to 1, from a random source: those that ask at once must not all come back at once.</param>
    public TimeSpan Turn(double jitter)
    {
        var taken = time.GetElapsedTime(Volatile.Read(ref _since));
        return Math.Clamp(taken.TotalMilliseconds, s_shortest.TotalMilliseconds, s_longest.TotalMilliseconds) * (0.5 + jitter) * TimeSpan.FromMilliseconds(1);
    }

    /// <param name="alone">Waits until nobody else is inside, and lets nobody in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whose end is the way out; null: another suspect is inside, or on its way in.</returns>
    public Task<IDisposable?> EnterAsync(bool alone, CancellationToken cancellationToken)
    {
        if (!alone)
            return EnterAsync(cancellationToken);
        if (Interlocked.CompareExchange(ref _suspects, 1, 0) != 0)
            return Task.FromResult<IDisposable?>(null);
        Volatile.Write(ref _since, time.GetTimestamp());
        return EnterAloneAsync(cancellationToken);
    }

    private async Task<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        await _door.WaitAsync(cancellationToken);
        lock (_counting)
            _inside++;
        _door.Release();
        return new Way(Leave);
    }

    private async Task<IDisposable?> EnterAloneAsync(CancellationToken cancellationToken)
    {
        var holdsDoor = false;
        try
        {
            await _door.WaitAsync(cancellationToken);
            holdsDoor = true;
            Task empty;
            lock (_counting)
                empty = _inside == 0 ? Task.CompletedTask : (_empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            await empty.WaitAsync(cancellationToken);
            return new Way(LeaveAlone);
        }
        catch
        {
            if (holdsDoor)
                LeaveAlone();
            else
                Volatile.Write(ref _suspects, 0);
            throw;
        }
    }

    public void Dispose() => _door.Dispose();

    private void Leave()
    {
        lock (_counting)
        {
            if (--_inside == 0)
                _empty?.TrySetResult();
        }
    }

    private void LeaveAlone()
    {
        Volatile.Write(ref _suspects, 0);
        _door.Release();
    }

    private sealed class Way(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
