using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Siaga.Intake;

/// <summary>The thin loop that keeps the key ring as the Backend says, and tells the Backend which keys were used.</summary>
internal sealed partial class KeyRingService(
    KeyRing ring, BackendKeys backend, IOptions<IntakeOptions> options, ILogger<KeyRingService> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the door opens: known cameras are known from the first request on.
        await ring.LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var after = DateTimeOffset.UnixEpoch;
        var failing = false;
        using var timer = new PeriodicTimer(options.Value.KeyRefresh);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var changes = await backend.GetChangesAsync(after, stoppingToken);
                await ring.LearnAsync(changes.Keys, stoppingToken);
                after = changes.Now;
                if (ring.TakeUses() is { Count: > 0 } uses)
                    await backend.ReportUsesAsync(uses, stoppingToken);
                failing = false;
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Known cameras go on delivering; one line an outage is enough.
                if (!failing)
                    LogFailure(e);
                failing = true;
                await Task.Delay(options.Value.KeyRefresh, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Backend cannot be asked for camera keys now; known cameras go on")]
    private partial void LogFailure(Exception exception);
}
