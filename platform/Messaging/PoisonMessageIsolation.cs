namespace Siaga.Messaging;

/// <summary>
/// Runs suspects alone: a message whose delivery ended with the process is a suspect from then on. Otherwise messages handled beside one
/// that kills the process would crash with it again and again, and become dead letters through no fault of their own. For the same reason a
/// suspect does not queue behind another one: it would be counted as crashed while it waits.
/// </summary>
internal sealed class PoisonMessageIsolation(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    /// <summary>Each message takes it briefly on entry; a suspect holds it until it is done.</summary>
    private readonly SemaphoreSlim _entry = new(1);

    private readonly Lock _counting = new();
    private int _inside;
    private TaskCompletionSource? _empty;
    private int _suspects;
    private long _since;

    /// <summary>
    /// How long a refused suspect should wait before it asks again: as long as the suspect that runs now has already taken. Many short
    /// suspects then follow each other without a pause, and none polls constantly behind a long one.
    /// </summary>
    /// <param name="jitter">0 to 1, from a random source, so that suspects refused at the same time do not all return at once.</param>
    public TimeSpan Turn(double jitter)
    {
        var taken = time.GetElapsedTime(Volatile.Read(ref _since));
        return Math.Clamp(taken.TotalMilliseconds, s_shortest.TotalMilliseconds, s_longest.TotalMilliseconds) * (0.5 + jitter)
            * TimeSpan.FromMilliseconds(1);
    }

    /// <param name="alone">Waits until no other message is being handled and keeps new ones waiting.</param>
    /// <returns>Dispose it when the message is handled. Null: another suspect runs or waits to run.</returns>
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
        await _entry.WaitAsync(cancellationToken);
        lock (_counting)
            _inside++;
        _entry.Release();
        return new Way(Leave);
    }

    private async Task<IDisposable?> EnterAloneAsync(CancellationToken cancellationToken)
    {
        var holdsEntry = false;
        try
        {
            await _entry.WaitAsync(cancellationToken);
            holdsEntry = true;
            Task empty;
            lock (_counting)
                empty = _inside == 0
                    ? Task.CompletedTask
                    : (_empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            await empty.WaitAsync(cancellationToken);
            return new Way(LeaveAlone);
        }
        catch
        {
            if (holdsEntry)
                LeaveAlone();
            else
                Volatile.Write(ref _suspects, 0);
            throw;
        }
    }

    public void Dispose() => _entry.Dispose();

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
        _entry.Release();
    }

    private sealed class Way(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
