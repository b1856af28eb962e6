using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;

namespace Siaga.Recordings;

/// <summary>The Backend's recordings, whose rows name objects. The objects belong to the clips of Ingestion's database.</summary>
internal sealed class RecordingObjects(BackendDb db) : IObjectOwner
{
    private const int PageRows = 500;

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        return await db.Set<Recording>().LongCountAsync(cancellationToken);
    }

    public async IAsyncEnumerable<OwnedObject> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long last = 0; ;)
        {
            var page = await db.Set<Recording>().AsNoTracking().Where(r => r.Id > last).OrderBy(r => r.Id).Take(PageRows)
                .Select(r => new { r.Id, r.StorageKey, r.Size, r.Sha256 }).ToListAsync(cancellationToken);
            foreach (var recording in page)
                yield return new OwnedObject("backend", recording.StorageKey, recording.Size, recording.Sha256);
            if (page.Count < PageRows)
                yield break;
            last = page[^1].Id;
        }
    }

    public Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyCollection<string>>([]);
}
