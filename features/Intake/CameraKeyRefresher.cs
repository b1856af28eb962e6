using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siaga.Backend;
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
    private const string Learning = "refresh of camera keys";
    private const string Reporting = "report of the use of camera keys";

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
        var (after, seen) = (DateTimeOffset.UnixEpoch, (string?)null);
        await Task.WhenAll(
            RepeatAsync(
                Learning,
                async token =>
                {
                    // After a failure it does not wait: any answer shows that the Backend is back.
                    var asked = seen;
                    seen = null;
                    (after, seen) = await LearnAllAsync(after, asked, token);
                },
                stopping.Token),
            RepeatAsync(Reporting, ReportUsesAsync, stopping.Token));
    }

    private async Task RepeatAsync(string work, Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Task.Delay(options.Value.KeyRefresh, stoppingToken);
            try
            {
                await step(stoppingToken);
                failing = false;
                outages.Worked(work);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Known cameras keep delivering. A timeout is an OperationCanceledException too.
                if (e is HttpRequestException or OperationCanceledException)
                    outages.Failed(BackendClient.Away, work, e);
                else if (!outages.Expects(e, work) && !failing)
                    LogFailure(e);
                failing = true;
            }

            await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Reports to the Backend which keys were used, as soon as there are some; what it does not take is reported next time.
    /// </summary>
    private async Task ReportUsesAsync(CancellationToken cancellationToken)
    {
        await cache.WaitForUseAsync(cancellationToken);
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

    /// <summary>One pass over all changes, page by page. The first page is answered when there are some, or after some seconds.</summary>
    /// <returns>The time from which the next pass asks, and what it has seen.</returns>
    private async Task<(DateTimeOffset After, string? Seen)> LearnAllAsync(
        DateTimeOffset after, string? seen, CancellationToken cancellationToken)
    {
        var first = await backend.GetKeyChangesAsync(after, null, seen, cancellationToken);
        await cache.LearnAsync(first.Keys, cancellationToken);
        for (var place = first.After; place is not null;)
        {
            var page = await backend.GetKeyChangesAsync(after, place, null, cancellationToken);
            await cache.LearnAsync(page.Keys, cancellationToken);
            place = page.After;
        }

        // The first page's time counts, so that changes made while the pages were read are asked for again.
        return (first.Now, first.Mark);
    }

    [LoggerMessage(2403, LogLevel.Warning, "The Backend does not answer requests for camera keys; known cameras are not affected")]
    private partial void LogFailure(Exception exception);
}
