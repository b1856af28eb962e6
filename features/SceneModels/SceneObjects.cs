using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.SceneModels;

/// <summary>Scenes as owners of objects. A waiting update may not be stored yet, so only versions must exist.</summary>
internal sealed class SceneObjects(BackendDb db, ICameraRegistry cameras) : IObjectOwner
{
    private const int PageRows = 500;

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        db.Set<SceneVersion>().LongCountAsync(v => v.StorageKey != null, cancellationToken);

    public async IAsyncEnumerable<OwnedObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long last = 0; ;)
        {
            var page = await db.Set<SceneVersion>().AsNoTracking().Where(v => v.Id > last && v.StorageKey != null)
                .OrderBy(v => v.Id).Take(PageRows)
                .Select(v => new { v.Id, v.StorageKey, v.Size, v.Sha256 }).ToListAsync(cancellationToken);
            foreach (var version in page)
                yield return new OwnedObject("backend", version.StorageKey!, version.Size, version.Sha256);
            if (page.Count < PageRows)
                yield break;
            last = page[^1].Id;
        }
    }

    /// <summary>
    /// Knows every scene object of a camera that exists: what a worker left without a row is removed with the camera's next version.
    /// </summary>
    public async Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var known = new List<string>();
        var byCamera = keys.Select(k => (Key: k, Camera: SceneKeys.CameraOf(k)))
            .Where(k => k.Camera is not null)
            .GroupBy(k => k.Camera!.Value, k => k.Key);
        foreach (var camera in byCamera)
        {
            if (await cameras.FindAsync(camera.Key, cancellationToken) is { } found)
            {
                var folder = SceneKeys.Folder(found.CompanyId, found.Id);
                known.AddRange(camera.Where(k => k.StartsWith(folder, StringComparison.Ordinal)));
            }
        }

        return known;
    }
}

/// <summary>Deletes a camera's scene: each object, and then the rows.</summary>
internal sealed class SceneEvidence(BackendDb db, IBlobStorage storage) : ICameraEvidence
{
    public async Task PurgeAsync(CameraRef camera, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var blob in storage.ListAsync(SceneKeys.Folder(camera.CompanyId, camera.Id), cancellationToken))
            keys.Add(blob.Key);
        foreach (var key in keys)
            await storage.DeleteAsync(key, cancellationToken);
        await db.Set<SceneLesson>().Where(l => l.CameraId == camera.Id).ExecuteDeleteAsync(cancellationToken);
        await db.Set<SceneVersion>().Where(v => v.CameraId == camera.Id).ExecuteDeleteAsync(cancellationToken);
    }
}
