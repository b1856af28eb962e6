using Siaga.BlobStorage;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>Last pictures as objects that somebody knows. None has to be there: each is replaced by the next, also while somebody compares.</summary>
internal sealed class LastPictureObjects(ICameraRegistry cameras) : IObjectOwner
{
    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

    public IAsyncEnumerable<OwnedObject> ListAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<OwnedObject>();

    public async Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var known = new List<string>();
        foreach (var camera in keys.Select(k => (Key: k, Camera: LastPictureKeys.CameraOf(k))).Where(k => k.Camera is not null).GroupBy(k => k.Camera!.Value, k => k.Key))
        {
            if (await cameras.FindAsync(camera.Key, cancellationToken) is { } found)
                known.AddRange(camera.Where(k => k.StartsWith(LastPictureKeys.Folder(found.CompanyId, found.Id), StringComparison.Ordinal)));
        }

        return known;
    }
}
