using Siaga.Primitives;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;

namespace Siaga.Notifications;

/// <summary>
/// Knows the newest event's number, and wakes the streams of this process when it grows. It runs one
/// small query however many streams are open: at once after a commit of this process or, through
/// <see cref="CacheInvalidation"/>, of another. It holds no events, so a slow client costs no memory.
/// </summary>
internal sealed class EventFeed : IDisposable
{
    /// <summary>Announced with every event.</summary>
    public const string Topic = "events";

    private readonly IServiceScopeFactory _scopes;
    private readonly SemaphoreSlim _look = new(0);
    private readonly Lock _gate = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _newest;
    private bool _isOver;

    public EventFeed(IServiceScopeFactory scopes, CacheInvalidation cacheInvalidation)
    {
        _scopes = scopes;
        cacheInvalidation.Listen(topic =>
        {
            if (topic is null or Topic)
                LookNow();
        });
    }

    /// <summary>The newest event's number; 0 before the first.</summary>
    public long Newest => Interlocked.Read(ref _newest);

    /// <summary>Makes the next look happen at once.</summary>
    public void LookNow()
    {
        lock (_gate)
        {
            if (!_isOver && _look.CurrentCount == 0)
                _look.Release();
        }
    }

    /// <summary>Waits for a reason to look, no longer than <paramref name="atMost"/>.</summary>
    public Task WaitForReasonAsync(TimeSpan atMost, CancellationToken cancellationToken) => _look.WaitAsync(atMost, cancellationToken);

    /// <summary>Completes when there is an event above <paramref name="seen"/>.</summary>
    public Task AboveAsync(long seen)
    {
        lock (_gate)
            return Newest > seen ? Task.CompletedTask : _grown.Task;
    }

    /// <summary>One look for newer events.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("reading events");
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        var newest = await db.Set<Event>().MaxAsync(e => (long?)e.Id, cancellationToken) ?? 0;
        if (newest <= Newest)
            return;
        TaskCompletionSource grown;
        lock (_gate)
        {
            Interlocked.Exchange(ref _newest, newest);
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        grown.SetResult();
    }

    public void Dispose()
    {
        // Announcements may arrive until the very end.
        lock (_gate)
            _isOver = true;
        _look.Dispose();
    }
}
