using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Watch;

/// <summary>Names and time zones of all cameras. It is loaded again when an unknown camera appears.</summary>
public sealed class CameraDirectory(CameraCalls calls, Localizer localizer)
{
    private Dictionary<long, Camera> _cameras = [];

    public IReadOnlyCollection<Camera> All => _cameras.Values;

    public bool Knows(long id) => _cameras.ContainsKey(id);

    public string NameOf(long id) => _cameras.TryGetValue(id, out var camera) ? camera.Name : localizer[WatchTexts.CameraNumber, id];

    public string? ZoneOf(long id) => _cameras.TryGetValue(id, out var camera) ? camera.TimeZone : null;

    public Camera? Find(long id) => _cameras.GetValueOrDefault(id);

    public async Task<Problem?> LoadAsync(CancellationToken cancellationToken = default)
    {
        var answer = await calls.ListAsync(cancellationToken);
        if (answer.Value is { } cameras)
            _cameras = cameras.ToDictionary(c => c.Id);
        return answer.Problem;
    }
}
