using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Cameras;

internal sealed class CameraRegistry(BackendDb db) : ICameraRegistry
{
    public Task<CameraRef?> FindAsync(long cameraId, CancellationToken cancellationToken) =>
        FirstAsync(db.Set<Camera>().Where(c => c.Id == cameraId), cancellationToken);

    public Task<CameraRef?> FindAsync(string idOrStreamKey, CancellationToken cancellationToken) =>
        long.TryParse(idOrStreamKey, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? FindAsync(id, cancellationToken)
            : FirstAsync(db.Set<Camera>().Where(c => c.StreamKey == idOrStreamKey), cancellationToken);

    private static Task<CameraRef?> FirstAsync(IQueryable<Camera> cameras, CancellationToken cancellationToken) =>
        cameras.OrderBy(c => c.ArchivedAt != null).ThenByDescending(c => c.Id)
            .Select(Camera.ToRef).FirstOrDefaultAsync(cancellationToken);
}
