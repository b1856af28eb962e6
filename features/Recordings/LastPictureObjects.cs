using Siaga.BlobStorage;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>Last pictures as known objects. None of them must exist: each is replaced by the next one, also during a check.</summary>
internal sealed class LastPictureObjects(ICameraRegistry cameras) : IObjectOwner
{
    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

    public IAsyncEnumerable<OwnedObject> ListAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<OwnedObject>();

    public async Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var known = new List<string>();
        var byCamera = keys.Select(k => (Key: k, Camera: LastPictureKeys.CameraOf(k)))
            .Where(k => k.Camera is not null)
            .GroupBy(k => k.Camera!.Value, k => k.Key);
        foreach (var camera in byCamera)
        {
            if (await cameras.FindAsync(camera.Key, cancellationToken) is { } found)
            {
                var folder = LastPictureKeys.Folder(found.CompanyId, found.Id);
                known.AddRange(camera.Where(k => k.StartsWith(folder, StringComparison.Ordinal)));
            }
        }

        return known;
    }
}
