using System.Globalization;
using Microsoft.Extensions.Options;
using Siaga.Messages.Api;
using Siaga.Ports;
using Wire = Siaga.Messages.Api;

namespace Siaga.Cameras;

/// <summary>Builds the API's items: a camera with its live URLs, whether it delivers, and the state of its scene.</summary>
internal sealed class CameraItems(IOptions<CamerasOptions> options, IEnumerable<ICameraScenes> scenes, IEnumerable<ICameraFootage> footage)
{
    public async Task<ListCamerasItem> OfAsync(Camera camera, CancellationToken cancellationToken) =>
        (await OfAsync([camera], cancellationToken))[camera.Id];

    public async Task<IReadOnlyDictionary<long, ListCamerasItem>> OfAsync(
        IReadOnlyCollection<Camera> cameras, CancellationToken cancellationToken)
    {
        var known = new Dictionary<long, Ports.CameraScene>();
        var delivered = new Dictionary<long, CameraFootage>();
        var ids = cameras.Select(c => c.Id).ToList();
        foreach (var source in scenes)
        {
            foreach (var (camera, scene) in await source.OfAsync(ids, cancellationToken))
                known[camera] = scene;
        }

        foreach (var source in footage)
        {
            foreach (var (camera, state) in await source.OfAsync(ids, cancellationToken))
                delivered[camera] = state;
        }

        return cameras.ToDictionary(c => c.Id, c => ItemOf(
            c, options.Value.UrlsOf(c.StreamKey), known.GetValueOrDefault(c.Id), delivered.GetValueOrDefault(c.Id)));
    }

    private static ListCamerasItem ItemOf(Camera c, LiveUrls urls, Ports.CameraScene? scene, CameraFootage? footage) => new(
        c.Id, c.CompanyId, c.Name, c.Location, c.StreamKey, urls.Hls, urls.Rtsp, urls.Webrtc, c.TimeZone, c.CreatedAt, c.ArchivedAt,
        c.FalseAlarmsADay, SceneOf(scene))
    {
        Notes = c.Notes,
        State = StateOf(footage?.State ?? Ports.CameraState.New),
        LastClipAt = footage?.LastClipAt,
        LearningMinutesLeft = MinutesLeft(scene),
        PictureUrl = footage?.HasPicture == true
            ? string.Create(CultureInfo.InvariantCulture, $"/api/cameras/{c.Id}/picture")
            : null,
    };

    private static Wire.CameraState StateOf(Ports.CameraState state) => state switch
    {
        Ports.CameraState.New => Wire.CameraState.New,
        Ports.CameraState.Delivering => Wire.CameraState.Delivering,
        Ports.CameraState.Late => Wire.CameraState.Late,
        Ports.CameraState.Silent => Wire.CameraState.Silent,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    private static Wire.CameraScene? SceneOf(Ports.CameraScene? scene) => scene is null ? null : new Wire.CameraScene(
        scene.State switch
        {
            Ports.CameraSceneState.Learning => Wire.CameraSceneState.Learning,
            Ports.CameraSceneState.Ready => Wire.CameraSceneState.Ready,
            Ports.CameraSceneState.Moved => Wire.CameraSceneState.Moved,
            _ => throw new ArgumentOutOfRangeException(nameof(scene), scene.State, "No such state."),
        },
        scene.Version, scene.FootageS, scene.FootageNeededS, scene.ActiveFrames, scene.ActiveFramesNeeded, scene.LearnedAt, scene.MovedAt);

    /// <summary>Estimated from the share of the footage so far in which something moved.</summary>
    private static int? MinutesLeft(Ports.CameraScene? scene)
    {
        if (scene is null or { Version: 0 } or { State: Ports.CameraSceneState.Ready })
            return null;
        var seconds = scene.FootageNeededS - scene.FootageS;
        if (scene is { ActiveFrames: > 0, FootageS: > 0 })
            seconds = Math.Max(seconds, (scene.ActiveFramesNeeded - scene.ActiveFrames) * scene.FootageS / scene.ActiveFrames);
        return (int)Math.Clamp(Math.Ceiling(seconds / 60), 1, int.MaxValue);
    }
}
