using Siaga.Primitives;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siaga.Database;

namespace Siaga.Notifications;

/// <summary>Runs <see cref="EventFeed"/> when there is a reason, and at intervals.</summary>
internal sealed partial class EventFeedService(
    EventFeed feed, CacheInvalidation cacheInvalidation, IOutageLog outages, ILogger<EventFeedService> logger) : BackgroundService
{
    private const string Work = "feed of events";

    // Announcements of other processes cannot arrive without a connection, so the feed looks more often.
    private static readonly TimeSpan s_disconnectedPoll = TimeSpan.FromMilliseconds(500);

    // An event is seen after this long even if its announcement is lost.
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await feed.RunOnceAsync(stoppingToken);
                failures = 0;
                outages.Worked(Work);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A database that is down must not end the feed; people get the events when it is back.
                if (!outages.Expects(e, Work) && failures++ % 100 == 0)
                    LogFailure(e);
            }

            var pause = cacheInvalidation.IsConnected ? s_poll : s_disconnectedPoll;
            await feed.WaitForReasonAsync(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(2501, LogLevel.Warning, "Events cannot be read; this will be retried")]
    private partial void LogFailure(Exception exception);
}

/// <summary>Deletes events that are too old for clients to ask for.</summary>
internal sealed class EventPruning(IServiceScopeFactory scopes, IOptions<NotificationsOptions> options, TimeProvider time)
{
    /// <summary>One pass. Safe to repeat and to run in several processes.</summary>
    /// <returns>How many were deleted.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("removing old events");
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        var oldest = time.GetUtcNow() - options.Value.KeepEvents;
        return await db.Set<Event>().Where(e => e.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Runs <see cref="EventPruning"/> every hour.</summary>
internal sealed partial class EventPruningService(
    EventPruning pruning, IOutageLog outages, TimeProvider time, ILogger<EventPruningService> logger) : BackgroundService
{
    private const string Work = "removal of old events";

    private static readonly TimeSpan s_pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await pruning.RunOnceAsync(stoppingToken);
                outages.Worked(Work);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Old events only take up space, so the next hour is soon enough.
                if (!outages.Expects(e, Work))
                    LogFailure(e);
            }

            await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(2502, LogLevel.Warning, "Old events could not be removed; this will be retried")]
    private partial void LogFailure(Exception exception);
}
