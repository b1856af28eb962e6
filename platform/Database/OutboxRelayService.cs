using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siaga.Primitives;

namespace Siaga.Database;

/// <summary>The background loop around <see cref="OutboxRelay{TDb}"/>.</summary>
internal sealed partial class OutboxRelayService<TDb>(
    OutboxRelay<TDb> relay, OutboxSignal signal, DatabaseEngine<TDb> engine, IOutageLog outages,
    ILogger<OutboxRelayService<TDb>> logger) : BackgroundService
    where TDb : ServiceDb
{
    private static readonly string s_work = $"outbox of {typeof(TDb).Name}";

    // A message that another process saved on a shared database before it crashed raises no signal here.
    private static readonly TimeSpan s_sharedPoll = TimeSpan.FromSeconds(1);

    // Elsewhere every message raises one, and the start looks for those of before a crash.
    private static readonly TimeSpan s_ownPoll = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var sent = await relay.RunOnceAsync(stoppingToken);
                failures = 0;
                outages.Worked(s_work);
                if (sent == 0)
                    await signal.WaitAsync(typeof(TDb), engine.Engine.IsShared ? s_sharedPoll : s_ownPoll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // If the broker or database is down, only this relay waits; the messages stay in the outbox.
                if (!outages.Expects(e, s_work) && failures++ % 30 == 0)
                    LogFailure(e, typeof(TDb).Name);
                await Task.Delay(s_afterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(1103, LogLevel.Warning, "The outbox of {Database} cannot be sent; this will be retried")]
    private partial void LogFailure(Exception exception, string database);
}
