using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siaga.Primitives;

namespace Siaga.Intake;

/// <summary>Keeps the known camera keys as the Backend has them, and reports to it which ones were used.</summary>
internal sealed partial class CameraKeyRefresher(
    CameraKeyCache cache,
    IngestionApi backend,
    IOptions<IntakeOptions> options,
    IHostApplicationLifetime lifetime,
    IOutageLog outages,
    ILogger<CameraKeyRefresher> logger) : BackgroundService
{
    private const string Work = "refresh of camera keys";

    // The most that the Backend takes at once.
    private const int MaxUses = 1000;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before requests are accepted: known cameras are known from the first one on.
        await cache.LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // If the Backend runs in this process, it stops answering before this service is stopped. That is not an outage.
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
                await ReportUsesAsync(stoppingToken);
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
                // Known cameras keep delivering. A timeout is an OperationCanceledException too.
                if (e is HttpRequestException or OperationCanceledException)
                    outages.Failed("backend_unavailable", Work, e);
                else if (!outages.Expects(e, Work) && !failing)
                    LogFailure(e);
                failing = true;
                await Task.Delay(options.Value.KeyRefresh, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Reports to the Backend which keys were used; what it does not take is reported next time.</summary>
    private async Task ReportUsesAsync(CancellationToken cancellationToken)
    {
        var uses = cache.TakeUses();
        var reported = 0;
        try
        {
            foreach (var chunk in uses.Chunk(MaxUses))
            {
                await backend.ReportUsesAsync(chunk, cancellationToken);
                reported += chunk.Length;
            }
        }
        finally
        {
            cache.ReturnUses(uses.Skip(reported));
        }
    }

    /// <summary>One pass over all changes, page by page.</summary>
    /// <returns>The time from which the next pass asks.</returns>
    private async Task<DateTimeOffset> LearnAllAsync(DateTimeOffset after, CancellationToken cancellationToken)
    {
        var first = await backend.GetKeyChangesAsync(after, null, cancellationToken);
        await cache.LearnAsync(first.Keys, cancellationToken);
        for (var place = first.After; place is not null;)
        {
            var page = await backend.GetKeyChangesAsync(after, place, cancellationToken);
            await cache.LearnAsync(page.Keys, cancellationToken);
            place = page.After;
        }

        // The first page's time counts, so that changes made while the pages were read are asked for again.
        return first.Now;
    }

    [LoggerMessage(2403, LogLevel.Warning, "The Backend does not answer requests for camera keys; known cameras are not affected")]
    private partial void LogFailure(Exception exception);
}
