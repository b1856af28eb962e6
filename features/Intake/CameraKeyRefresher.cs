using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siaga.Primitives;

namespace Siaga.Intake;

/// <summary>The thin loop that keeps the key ring as the Backend says, and tells the Backend which keys were used.</summary>
internal sealed partial class CameraKeyRefresher(
    CameraKeyCache ring, BackendKeys backend, IOptions<IntakeOptions> options, IHostApplicationLifetime lifetime, IOutageLog outages,
    ILogger<CameraKeyRefresher> logger) : BackgroundService
{
    private const string Work = "refresh of camera keys";

    // What the Backend takes at once.
    private const int MaxUses = 1000;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the door opens: known cameras are known from the first request on.
        await ring.LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Where the Backend is in this process, its door closes before this service is told: that it no longer answers then is no outage.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await KeepAsync(stopping.Token);
    }

    private async Task KeepAsync(CancellationToken stoppingToken)
    {
        var after = DateTimeOffset.UnixEpoch;
        var failing = false;
        using var timer = new PeriodicTimer(options.Value.KeyRefresh);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                after = await LearnAllAsync(after, stoppingToken);
                await TellUsesAsync(stoppingToken);
                failing = false;
                outages.Worked(Work);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Known cameras go on delivering. No answer in time is an OperationCanceledException too.
                if (e is HttpRequestException or OperationCanceledException)
                    outages.Failed("backend_unavailable", Work, e);
                else if (!outages.Expects(e, Work) && !failing)
                    LogFailure(e);
                failing = true;
                await Task.Delay(options.Value.KeyRefresh, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Tells the Backend which keys were used; what it does not take is told the next time.</summary>
    private async Task TellUsesAsync(CancellationToken cancellationToken)
    {
        var uses = ring.TakeUses();
        var told = 0;
        try
        {
            foreach (var chunk in uses.Chunk(MaxUses))
            {
                await backend.ReportUsesAsync(chunk, cancellationToken);
                told += chunk.Length;
            }
        }
        finally
        {
            ring.ReturnUses(uses.Skip(told));
        }
    }

    /// <summary>One pass over all that changed, page by page.</summary>
    /// <returns>From when on to ask next time.</returns>
    private async Task<DateTimeOffset> LearnAllAsync(DateTimeOffset after, CancellationToken cancellationToken)
    {
        var first = await backend.GetChangesAsync(after, null, cancellationToken);
        await ring.LearnAsync(first.Keys, cancellationToken);
        for (var place = first.After; place is not null;)
        {
            var page = await backend.GetChangesAsync(after, place, cancellationToken);
            await ring.LearnAsync(page.Keys, cancellationToken);
            place = page.After;
        }

        // What changed while the pages were read is asked for again: the first page's time counts.
        return first.Now;
    }

    [LoggerMessage(2403, LogLevel.Warning, "The Backend cannot be asked for camera keys now; known cameras go on")]
    private partial void LogFailure(Exception exception);
}
