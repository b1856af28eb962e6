using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;

namespace Siaga.Intake;

/// <summary>The clips in Ingestion's database as owners of their objects, including uploads in progress.</summary>
internal sealed class ClipObjects(IngestionDb db) : IObjectOwner
{
    private const int PageRows = 500;

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        return await db.Set<Clip>().LongCountAsync(cancellationToken);
    }

    public async IAsyncEnumerable<OwnedObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var last = ""; ;)
        {
            var page = await db.Set<Clip>().AsNoTracking().Where(c => string.Compare(c.Id, last) > 0).OrderBy(c => c.Id).Take(PageRows)
                .Select(c => new { c.Id, c.StorageKey, c.Size, c.Sha256 }).ToListAsync(cancellationToken);
            foreach (var clip in page)
                yield return new OwnedObject("ingestion", clip.StorageKey, clip.Size, clip.Sha256);
            if (page.Count < PageRows)
                yield break;
            last = page[^1].Id;
        }
    }

    public async Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var clips = await db.Set<Clip>().Where(c => keys.Contains(c.StorageKey)).Select(c => c.StorageKey).ToListAsync(cancellationToken);
        var pending = await db.Set<PendingObject>().Where(p => keys.Contains(p.StorageKey))
            .Select(p => p.StorageKey).ToListAsync(cancellationToken);
        return [.. clips, .. pending];
    }
}
