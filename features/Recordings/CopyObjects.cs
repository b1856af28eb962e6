using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;

namespace Siaga.Recordings;

/// <summary>Copies as owners of their objects, including one that is stored but not reported yet.</summary>
internal sealed class CopyObjects(BackendDb db) : IObjectOwner
{
    private const int PageRows = 500;

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        db.Set<PlayableCopy>().LongCountAsync(c => c.StorageKey != null, cancellationToken);

    public async IAsyncEnumerable<OwnedObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var last = ""; ;)
        {
            var page = await db.Set<PlayableCopy>().AsNoTracking().Where(c => string.Compare(c.ClipId, last) > 0)
                .OrderBy(c => c.ClipId).Take(PageRows)
                .Select(c => new { c.ClipId, c.StorageKey, c.Size, c.Sha256 }).ToListAsync(cancellationToken);
            foreach (var copy in page.Where(c => c.StorageKey is not null))
                yield return new OwnedObject("backend", copy.StorageKey!, copy.Size, copy.Sha256 ?? "");
            if (page.Count < PageRows)
                yield break;
            last = page[^1].ClipId;
        }
    }

    public async Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        // A copy is stored after it was requested and before it is reported.
        var clips = keys.Select(CopyKeys.ClipOf).OfType<string>().ToList();
        var asked = (await db.Set<PlayableCopy>().Where(c => clips.Contains(c.ClipId)).Select(c => c.ClipId).ToListAsync(cancellationToken))
            .ToHashSet(StringComparer.Ordinal);
        return [.. keys.Where(k => CopyKeys.ClipOf(k) is { } clip && asked.Contains(clip))];
    }
}
