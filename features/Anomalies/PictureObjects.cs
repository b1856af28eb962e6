using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;

namespace Siaga.Anomalies;

/// <summary>The pictures that anomalies own in storage, including those that are stored but not reported yet.</summary>
internal sealed class PictureObjects(BackendDb db) : IObjectOwner
{
    private const int PageRows = 500;

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        db.Set<Anomaly>().LongCountAsync(a => a.PictureKey != null, cancellationToken);

    public async IAsyncEnumerable<OwnedObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long last = 0; ;)
        {
            var page = await db.Set<Anomaly>().AsNoTracking().Where(a => a.Id > last).OrderBy(a => a.Id).Take(PageRows)
                .Select(a => new { a.Id, a.PictureKey, a.PictureSize, a.PictureSha256 }).ToListAsync(cancellationToken);
            foreach (var anomaly in page.Where(a => a.PictureKey is not null))
                yield return new OwnedObject("backend", anomaly.PictureKey!, anomaly.PictureSize, anomaly.PictureSha256 ?? "");
            if (page.Count < PageRows)
                yield break;
            last = page[^1].Id;
        }
    }

    public async Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        // A worker stores the picture after the anomaly exists and before it reports the picture: a picture beside an anomaly's clip
        // belongs to that anomaly even when no row names it yet.
        var clips = keys.Select(PictureKeys.ClipOf).OfType<string>().ToList();
        var found = await db.Set<Anomaly>().Where(a => clips.Contains(a.StorageKey)).Select(a => a.StorageKey)
            .ToListAsync(cancellationToken);
        return [.. found.Select(PictureKeys.Beside)];
    }
}
