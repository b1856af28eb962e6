using Siaga.Primitives;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siaga.BlobStorage;
using Siaga.Database;

namespace Siaga.Intake;

/// <summary>Removes what is left of uploads that were interrupted between their object and their row.</summary>
internal sealed partial class InterruptedUploads(
    IServiceScopeFactory scopes, IBlobStorage storage, IOutageLog outages, TimeProvider time, ILogger<InterruptedUploads> logger)
    : BackgroundService
{
    private const string Work = "removal of interrupted uploads";

    // Far longer than the time between object and row, retries of a slow storage included: an upload in progress is never touched.
    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(1);

    /// <summary>One pass. Safe to repeat.</summary>
    /// <returns>How many uploads were settled.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("removing interrupted uploads");
        var db = scope.ServiceProvider.GetRequiredService<IngestionDb>();
        var before = time.GetUtcNow() - s_age;
        var left = await db.Set<PendingObject>().AsNoTracking().Where(p => p.CreatedAt < before)
            .OrderBy(p => p.CreatedAt).Take(100).ToListAsync(cancellationToken);
        foreach (var pending in left)
        {
            // The row's transaction may have committed although its answer was lost: then the object is a clip and stays.
            if (!await db.Set<Clip>().AnyAsync(c => c.StorageKey == pending.StorageKey, cancellationToken))
                await storage.DeleteAsync(pending.StorageKey, cancellationToken);
            await db.Set<PendingObject>().Where(p => p.StorageKey == pending.StorageKey).ExecuteDeleteAsync(cancellationToken);
            LogSettled(pending.StorageKey);
        }

        return left.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
                outages.Worked(Work);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!outages.Expects(e, Work))
                    LogFailure(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(2401, LogLevel.Information, "An interrupted upload was removed: {StorageKey}")]
    private partial void LogSettled(string storageKey);

    [LoggerMessage(2402, LogLevel.Warning, "Interrupted uploads cannot be removed; this will be retried")]
    private partial void LogFailure(Exception exception);
}
