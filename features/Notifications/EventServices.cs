using Siaga.Primitives;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siaga.Database;

namespace Siaga.Notifications;

/// <summary>The thin loop around <see cref="EventFeed"/>.</summary>
internal sealed partial class EventFeedService(EventFeed feed, Freshness freshness, ILogger<EventFeedService> logger) : BackgroundService
{
    // While other processes cannot be heard, their events have no signal here.
    private static readonly TimeSpan s_deafPoll = TimeSpan.FromMilliseconds(500);

    // Whatever goes wrong with signals, an event is seen after this long.
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
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A database that is down must not end the feed; people are told when it is back.
                if (failures++ % 100 == 0)
                    LogFailure(e);
            }

            await feed.WaitForReasonAsync(freshness.IsHearing ? s_poll : s_deafPoll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events cannot be looked for now; it will be tried again")]
    private partial void LogFailure(Exception exception);
}

/// <summary>Forgets events that nobody can ask for any more.</summary>
internal sealed class EventPruning(IServiceScopeFactory scopes, IOptions<NotificationsOptions> options, TimeProvider time)
{
    /// <summary>One pass. Safe to repeat, and to run in several processes.</summary>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("forgetting old events");
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        var oldest = time.GetUtcNow() - options.Value.KeepEvents;
        return await db.Set<Event>().Where(e => e.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>The thin loop around <see cref="EventPruning"/>.</summary>
internal sealed partial class EventPruningService(EventPruning pruning, TimeProvider time, ILogger<EventPruningService> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await pruning.RunOnceAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Old events only take room; the next hour will do.
                LogFailure(e);
            }

            await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events could not be forgotten now")]
    private partial void LogFailure(Exception exception);
}
