using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.SceneModels;

/// <summary>Reads scene versions and waiting scene updates.</summary>
internal sealed class SceneRepository(BackendDb db, IOptions<SceneOptions> options) : ICameraScenes
{
    public SceneOptions Options => options.Value;

    public Task<SceneVersion?> NewestAsync(long cameraId, CancellationToken cancellationToken) =>
        db.Set<SceneVersion>().AsNoTracking().Where(v => v.CameraId == cameraId)
            .OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Updates that wait to be merged, the earliest captured first.</summary>
    public IQueryable<SceneLesson> Waiting(long cameraId) =>
        db.Set<SceneLesson>().Where(l => l.CameraId == cameraId && l.MergedInto == null).OrderBy(l => l.CapturedAt).ThenBy(l => l.Name);

    public bool IsReady(SceneVersion? version) => version is not null
        && version.FootageMs >= Options.FootageNeeded.TotalMilliseconds && version.ActiveFrames >= Options.ActiveFramesNeeded;

    /// <summary>What a worker needs for the camera's next clip.</summary>
    public async Task<SceneInfo> InfoAsync(CameraRef camera, CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(camera.Id, cancellationToken);
        return new SceneInfo(
            SceneKeys.Folder(camera.CompanyId, camera.Id), newest?.Number ?? 0, newest?.StorageKey, IsReady(newest), camera.FalseAlarmsADay)
        {
            Notes = camera.Notes,
        };
    }

    public async Task<JsonElement> ForWorkersAsync(CameraRef camera, CancellationToken cancellationToken) =>
        JsonSerializer.SerializeToElement(await InfoAsync(camera, cancellationToken), MessageJsonContext.Default.SceneInfo);

    public async Task<IReadOnlyDictionary<long, CameraScene>> OfAsync(
        IReadOnlyCollection<long> cameraIds, CancellationToken cancellationToken)
    {
        // Only the newest versions still have their objects (SceneSweeping), so these are a few rows per camera, the newest among them.
        var stored = await db.Set<SceneVersion>().AsNoTracking()
            .Where(v => v.StorageKey != null && cameraIds.Contains(v.CameraId)).ToListAsync(cancellationToken);
        var newestOf = stored.GroupBy(v => v.CameraId).ToDictionary(g => g.Key, g => g.MaxBy(v => v.Number));
        var scenes = new Dictionary<long, CameraScene>();
        foreach (var camera in cameraIds)
        {
            var newest = newestOf.GetValueOrDefault(camera);
            var state = IsReady(newest) ? CameraSceneState.Ready
                : newest?.MovedAt is null ? CameraSceneState.Learning
                : CameraSceneState.Moved;
            scenes[camera] = new CameraScene(
                state,
                newest?.Number ?? 0,
                (newest?.FootageMs ?? 0) / 1000.0,
                Options.FootageNeeded.TotalSeconds,
                newest?.ActiveFrames ?? 0,
                Options.ActiveFramesNeeded,
                newest?.MadeAt,
                newest?.MovedAt);
        }

        return scenes;
    }
}
