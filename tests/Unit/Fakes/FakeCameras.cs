using Siaga.Ports;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>The cameras that there are.</summary>
internal sealed class FakeCameras(params CameraRef[] cameras) : ICameraRegistry
{
    public Task<CameraRef?> FindAsync(long cameraId, CancellationToken cancellationToken) =>
        Task.FromResult(cameras.FirstOrDefault(c => c.Id == cameraId));

    public Task<CameraRef?> FindAsync(string idOrStreamKey, CancellationToken cancellationToken) =>
        Task.FromResult(cameras.FirstOrDefault(c => $"{c.Id}" == idOrStreamKey || c.StreamKey == idOrStreamKey));
}
