using System.Globalization;
using Siaga.Database;

namespace Siaga.Cameras;

/// <summary>
/// Lets a request wait until camera keys change, in this or another process of the Backend. While this process does not receive the changes
/// of others, nothing waits.
/// </summary>
internal sealed class CameraKeySignal
{
    /// <summary>What is announced when a camera's key is created or revoked.</summary>
    public const string Topic = "camera_keys";

    // A mark of another process, or of this one before a restart, never looks like a mark of this one.
    private readonly string _process = Guid.NewGuid().ToString("N");

    private readonly CacheInvalidation _changes;
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;

    public CameraKeySignal(CacheInvalidation changes)
    {
        _changes = changes;
        changes.Listen(topic =>
        {
            if (topic is null or Topic)
                Pulse();
        });
    }

    /// <summary>Changes with every change of keys. Take it before reading them.</summary>
    public string Mark
    {
        get
        {
            lock (_gate)
                return MarkOf(_count);
        }
    }

    /// <summary>Waits until keys have changed since a mark was taken, but not longer than <paramref name="limit"/>.</summary>
    public async Task WaitAsync(string mark, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        Task next;
        lock (_gate)
        {
            if (!_changes.IsConnected || mark != MarkOf(_count))
                return;
            next = _next.Task;
        }

        try
        {
            await next.WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing has changed.
        }
    }

    private string MarkOf(long count) => string.Create(CultureInfo.InvariantCulture, $"{_process}.{count}");

    private void Pulse()
    {
        TaskCompletionSource ended;
        lock (_gate)
        {
            _count++;
            (ended, _next) = (_next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        ended.SetResult();
    }
}
