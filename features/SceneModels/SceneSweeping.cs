using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Primitives;

namespace Siaga.SceneModels;

/// <summary>
/// Deletes a camera's objects that are no longer needed, after each new version: first the object, then its key in the row.
/// </summary>
internal sealed partial class SceneSweeping(
    BackendDb db, IBlobStorage storage, IOutageLog outages, TimeProvider time, ILogger<SceneSweeping> logger)
{
    private const string Work = "removal of old scene objects";

    // A worker that has read which version is the newest may be about to fetch it.
    private const int VersionsKept = 3;

    // An object without a row after this time was left by a worker that stopped in between.
    private static readonly TimeSpan s_abandoned = TimeSpan.FromHours(1);

    // A waiting update that has no object after this time is dropped.
    private static readonly TimeSpan s_lost = TimeSpan.FromDays(1);

    /// <summary>One pass. Safe to repeat, and to continue where an earlier one stopped.</summary>
    public async Task TryAsync(long cameraId, CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cameraId, cancellationToken);
            outages.Worked(Work);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Old objects only take up space; the pass after the next version tries again.
            if (!outages.Expects(e, Work))
                LogFailure(e, cameraId);
        }
    }

    public async Task RunOnceAsync(long cameraId, CancellationToken cancellationToken)
    {
        var merged = await db.Set<SceneLesson>().AsNoTracking()
            .Where(l => l.CameraId == cameraId && l.StorageKey != null && l.MergedInto != null)
            .Select(l => new { l.Id, l.StorageKey }).ToListAsync(cancellationToken);
        foreach (var lesson in merged)
        {
            await storage.DeleteAsync(lesson.StorageKey!, cancellationToken);
            await db.Set<SceneLesson>().Where(l => l.Id == lesson.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.StorageKey, (string?)null), cancellationToken);
        }

        var stored = await db.Set<SceneVersion>().AsNoTracking().Where(v => v.CameraId == cameraId && v.StorageKey != null)
            .OrderByDescending(v => v.Number).Select(v => new { v.Id, v.StorageKey }).ToListAsync(cancellationToken);
        foreach (var version in stored.Skip(VersionsKept))
        {
            await storage.DeleteAsync(version.StorageKey!, cancellationToken);
            await db.Set<SceneVersion>().Where(v => v.Id == version.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(v => v.StorageKey, (string?)null), cancellationToken);
        }

        await DropLostAsync(cameraId, cancellationToken);
        await RemoveAbandonedAsync(cameraId, cancellationToken);
    }

    private async Task DropLostAsync(long cameraId, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - s_lost;
        var waiting = await db.Set<SceneLesson>().AsNoTracking()
            .Where(l => l.CameraId == cameraId && l.MergedInto == null && l.LodgedAt < before).ToListAsync(cancellationToken);
        foreach (var lesson in waiting)
        {
            if (lesson.StorageKey is null || await storage.FindAsync(lesson.StorageKey, cancellationToken) is null)
            {
                await db.Set<SceneLesson>().Where(l => l.Id == lesson.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(l => l.MergedInto, SceneLesson.Nothing), cancellationToken);
            }
        }
    }

    private async Task RemoveAbandonedAsync(long cameraId, CancellationToken cancellationToken)
    {
        var owner = db.Set<SceneVersion>().AsNoTracking().Where(v => v.CameraId == cameraId).Select(v => (long?)v.CompanyId);
        if (await owner.FirstOrDefaultAsync(cancellationToken) is not { } company)
            return;
        var before = time.GetUtcNow() - s_abandoned;
        var named = await db.Set<SceneVersion>().Where(v => v.CameraId == cameraId && v.StorageKey != null).Select(v => v.StorageKey!)
            .Concat(db.Set<SceneLesson>().Where(l => l.CameraId == cameraId && l.StorageKey != null).Select(l => l.StorageKey!))
            .ToListAsync(cancellationToken);
        await foreach (var blob in storage.ListAsync(SceneKeys.Folder(company, cameraId), cancellationToken))
        {
            if (blob.WrittenAt < before && !named.Contains(blob.Key, StringComparer.Ordinal))
                await storage.DeleteAsync(blob.Key, cancellationToken);
        }
    }

    [LoggerMessage(2701, LogLevel.Warning, "Old scene objects of camera {CameraId} could not be removed; this will be retried")]
    private partial void LogFailure(Exception exception, long cameraId);
}
