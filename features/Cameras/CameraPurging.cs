using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>
/// Purges the cameras that are marked for it: the features' data, then the camera itself. Revokes its keys and tells Ingestion.
/// </summary>
internal sealed class CameraPurging(IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _look = new(0);

    /// <summary>Starts the next pass at once: a camera was just marked.</summary>
    public void LookNow()
    {
        if (_look.CurrentCount == 0)
            _look.Release();
    }

    public Task WaitForReasonAsync(TimeSpan atMost, CancellationToken cancellationToken) => _look.WaitAsync(atMost, cancellationToken);

    /// <summary>One pass. Safe to repeat and to run in several processes: deleting what is already gone succeeds.</summary>
    /// <returns>How many cameras were purged.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var purged = 0;
        for (long last = 0; ; purged++)
        {
            // One scope per camera: a failure leaves nothing behind for the next.
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("purging cameras");
            var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
            var camera = await db.Set<Camera>().AsNoTracking().Where(c => c.PurgeRequestedAt != null && c.Id > last).OrderBy(c => c.Id)
                .FirstOrDefaultAsync(cancellationToken);
            if (camera is null)
                return purged;
            last = camera.Id;
            var named = new CameraRef(camera.Id, camera.CompanyId, camera.Name, camera.StreamKey);
            foreach (var evidence in scope.ServiceProvider.GetServices<ICameraEvidence>())
                await evidence.PurgeAsync(named, cancellationToken);
            await RemoveAsync(db, camera, cancellationToken);
        }
    }

    public void Dispose() => _look.Dispose();

    private async Task RemoveAsync(BackendDb db, Camera camera, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // The keys' rows stay: every Ingestion must still learn that they are revoked, and one that asks late must find it here.
        await EndCameraKeys.RevokeAsync(db, k => k.CameraId == camera.Id, time.GetUtcNow(), cancellationToken);
        await db.Set<Camera>().Where(c => c.Id == camera.Id).ExecuteDeleteAsync(cancellationToken);
        db.Enqueue(OutboxMessage.Of(
            string.Create(CultureInfo.InvariantCulture, $"camera-purged-{camera.Id}"),
            Routes.CameraPurged,
            new CameraPurged { CameraId = camera.Id, CompanyId = camera.CompanyId },
            MessageJson.Options,
            camera.CompanyId.ToString(CultureInfo.InvariantCulture),
            time.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <summary>Runs <see cref="CameraPurging"/> when a camera is marked, and once a minute.</summary>
internal sealed partial class CameraPurgingService(CameraPurging purging, IOutageLog outages, ILogger<CameraPurgingService> logger)
    : BackgroundService
{
    private const string Work = "purging of cameras";

    // Finds what other processes marked, and retries what failed.
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await purging.RunOnceAsync(stoppingToken);
                outages.Worked(Work);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The mark stays, so the next pass tries again.
                if (!outages.Expects(e, Work))
                    LogFailure(e);
            }

            await purging.WaitForReasonAsync(s_pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(2301, LogLevel.Warning, "Cameras could not be purged; this will be retried")]
    private partial void LogFailure(Exception exception);
}
