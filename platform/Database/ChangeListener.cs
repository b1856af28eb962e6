using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siaga.Primitives;

namespace Siaga.Database;

/// <summary>Receives the changes of other processes for <see cref="CacheInvalidation"/>.</summary>
internal sealed partial class ChangeListener(
    DatabaseEngine<BackendDb> engine, CacheInvalidation cacheInvalidation, IOutageLog outages,
    ILogger<ChangeListener> logger) : BackgroundService
{
    private const string Work = "receiving changes from other processes";

    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await engine.Engine.ListenAsync(Begun, cacheInvalidation.Changed, stoppingToken);
            }
            catch (Exception e)
            {
                if (stoppingToken.IsCancellationRequested)
                    return;

                // Until the connection is back, nothing is cached and every read goes to the database.
                if (!outages.Expects(e, Work) && failures++ % 60 == 0)
                    LogFailure(e);
            }

            cacheInvalidation.Disconnected();
            await Task.Delay(s_afterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        void Begun()
        {
            failures = 0;
            cacheInvalidation.Connected();
            outages.Worked(Work);
        }
    }

    [LoggerMessage(1101, LogLevel.Warning, "Changes from other processes cannot be received; this will be retried")]
    private partial void LogFailure(Exception exception);
}

public static class ChangeAnnouncements
{
    /// <summary>
    /// Announces that a topic has changed. Within a transaction the announcement is sent at the commit, otherwise at once: then call it
    /// after the change.
    /// </summary>
    public static async Task AnnounceAsync(this BackendDb db, string topic, CancellationToken cancellationToken)
    {
        var cacheInvalidation = db.GetService<CacheInvalidation>();
        await db.GetService<DatabaseEngine<BackendDb>>().Engine.NotifyAsync(db.Database, topic, cancellationToken);
        db.OnCommitted(() => cacheInvalidation.Changed(topic));
    }
}
