using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.SceneModels;

/// <summary>Scenes as rows that speak of objects. A lesson that waits may not be stored yet, so only versions must be there.</summary>
internal sealed class SceneObjects(BackendDb db, ICameraRegistry cameras) : IObjectOwner
{
    private const int PageRows = 500;

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        db.Set<SceneVersion>().LongCountAsync(v => v.StorageKey != null, cancellationToken);

    public async IAsyncEnumerable<OwnedObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long last = 0; ;)
        {
            var page = await db.Set<SceneVersion>().AsNoTracking().Where(v => v.Id > last && v.StorageKey != null).OrderBy(v => v.Id).Take(PageRows)
                .Select(v => new { v.Id, v.StorageKey, v.Size, v.Sha256 }).ToListAsync(cancellationToken);
            foreach (var version in page)
                yield return new OwnedObject("backend", version.StorageKey!, version.Size, version.Sha256);
            if (page.Count < PageRows)
                yield break;
            last = page[^1].Id;
        }
    }

    /// <summary>What a worker left without a row is swept away with its camera's next version: of a camera that is there, none is a stranger.</summary>
    public async Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var known = new List<string>();
        foreach (var camera in keys.Select(k => (Key: k, Camera: SceneKeys.CameraOf(k))).Where(k => k.Camera is not null).GroupBy(k => k.Camera!.Value, k => k.Key))
        {
            if (await cameras.FindAsync(camera.Key, cancellationToken) is { } found)
                known.AddRange(camera.Where(k => k.StartsWith(SceneKeys.Folder(found.CompanyId, found.Id), StringComparison.Ordinal)));
        }

        return known;
    }
}

/// <summary>A camera's scene goes: each object, and then the rows.</summary>
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
