namespace Siaga.Messaging.Embedded;

/// <summary>
/// Waits until it is worth looking at the broker's file again. While there is work, that is a short pause. When all is quiet it is the file
/// system's report of a write, so that an idle process does not wake five times a second.
/// </summary>
/// <param name="folder">The broker's folder.</param>
/// <param name="poll">The pause while there is work, and always where the file system reports nothing.</param>
/// <param name="longest">The longest time between two looks.</param>
internal sealed class CommitWait(string folder, TimeSpan poll, TimeSpan longest) : IDisposable
{
    // A file system that reports nothing is noticed by finding commits without a report.
    private const int MostMissed = 3;

    private readonly SemaphoreSlim _written = new(0);
    private FileSystemWatcher? _watcher;
    private bool _timedOut;
    private int _missed;

    /// <summary>True when the file system's reports are not relied on: it refuses to give them, or has missed some.</summary>
    public bool IsPolling => _missed >= MostMissed;

    /// <param name="isQuiet">Nothing has been written for a while, and no other process holds a message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// True when a write was reported. It is reported before its commit can be seen, since SQLite publishes a commit in shared memory after
    /// the last write: it is then no longer quiet.
    /// </returns>
    public async Task<bool> WaitAsync(bool isQuiet, CancellationToken cancellationToken)
    {
        _timedOut = false;
        if (!isQuiet || IsPolling)
        {
            Stop();
            await Task.Delay(poll, cancellationToken);
        }
        else if (_watcher is null)
        {
            // Returns at once: what was committed before reports began is found by looking once more.
            Start();
        }
        else
        {
            _timedOut = !await _written.WaitAsync(longest, cancellationToken);
            return !_timedOut;
        }

        return false;
    }

    /// <summary>To be called when a look finds a commit.</summary>
    public void Found()
    {
        // A report that comes between the time-out and the look has not been missed.
        if (_timedOut && _written.CurrentCount == 0)
            _missed++;
    }

    public void Dispose()
    {
        Stop();
        _written.Dispose();
    }

    private void Start()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder, "broker.db*") { NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, _) => Report();
            watcher.Error += (_, _) => Report();

            // A report from before the last pause belongs to a commit that was found by looking.
            _ = _written.Wait(TimeSpan.Zero);
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            // Such as the system's limit of watches, which other programs may have used up.
            watcher?.Dispose();
            _missed = MostMissed;
        }
    }

    private void Stop()
    {
        _watcher?.Dispose();
        _watcher = null;
    }

    private void Report()
    {
        try
        {
            if (_written.CurrentCount == 0)
                _written.Release();
        }
        catch (ObjectDisposedException)
        {
            // A report that was on its way while the broker was disposed.
        }
    }
}
