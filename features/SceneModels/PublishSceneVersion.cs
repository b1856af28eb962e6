using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.SceneModels;

/// <summary>
/// A worker has stored the next version of a camera's scene and reports which scene updates are
/// merged in it. The version counts only if the one that it is based on is still the newest, so that
/// two workers never overwrite each other. Safe to repeat: the same version gets the same answer.
/// </summary>
internal static class PublishSceneVersion
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/internal/cameras/{id:long}/scene/versions", HandleAsync)
        .RequireAuthorization(Policies.Worker).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        long id, SceneVersionNote request, Handler handler, SceneSweeping sweeping, CancellationToken cancellationToken)
    {
        var published = await handler.RunAsync(id, request, cancellationToken);
        await sweeping.TryAsync(id, cancellationToken);
        return published.ToHttp();
    }

    internal sealed class Handler(
        BackendDb db, SceneRepository scenes, ICameraRegistry cameras, IBlobStorage storage, IEventLog events, TimeProvider time)
    {
        public async Task<Result<SceneVersionAnswer>> RunAsync(long cameraId, SceneVersionNote request, CancellationToken cancellationToken)
        {
            if (!IsPossible(request))
                return new Error(ErrorKind.Invalid, "version_invalid", "The version has an invalid name, hash or number.");
            if (await cameras.FindAsync(cameraId, cancellationToken) is not { } camera)
                return SceneLookup.NoCamera;
            var key = SceneKeys.Version(camera.CompanyId, cameraId, request.Base + 1, request.Sha256);
            if (await storage.FindAsync(key, cancellationToken) is not { } stored || stored.Size != request.Size)
                return new Error(ErrorKind.Invalid, "version_not_stored", "The version is not in storage.");
            await using var transaction = await db.BeginExclusiveAsync($"scenes/{cameraId}", cancellationToken);
            var newest = await scenes.NewestAsync(cameraId, cancellationToken);
            if (newest?.StorageKey == key)
                return new SceneVersionAnswer(newest.Number);
            if ((newest?.Number ?? 0) != request.Base || !await MarkAsync(cameraId, request, cancellationToken))
            {
                // Another worker was first, so this object is not needed.
                await storage.DeleteAsync(key, cancellationToken);
                return new Error(ErrorKind.Conflict, "scene_moved_on", "There is already a newer version.");
            }

            var version = VersionOf(camera, request, key, newest);
            db.Add(version);
            if (request.StartsAnew)
                await BeginAsync(camera, request, version, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            events.Announce();
            return new SceneVersionAnswer(version.Number);
        }

        internal static bool IsPossible(SceneVersionNote r) =>
            SceneKeys.IsHash(r.Sha256) && r is { Base: >= 0, Size: > 0, FootageMs: >= 0, ActiveFrames: >= 0 }
            && r.Lessons.Count <= SceneLookup.MostLessons && r.Lessons.All(SceneKeys.IsName)
            && (r.StartsAnew
                ? r.Clip is not null && SceneKeys.IsName(r.Clip) && r.CapturedAt is not null && r.Lessons.Count == 0
                : r.Base > 0 && r.Lessons.Count > 0);

        /// <returns>False if one of the updates is not waiting.</returns>
        private async Task<bool> MarkAsync(long cameraId, SceneVersionNote request, CancellationToken cancellationToken)
        {
            // Another view drops all waiting updates. Otherwise only those that are merged in the version are marked.
            var names = request.Lessons.Distinct(StringComparer.Ordinal).ToList();
            var number = request.Base + 1;
            var waiting = db.Set<SceneLesson>().Where(l => l.CameraId == cameraId && l.MergedInto == null);
            if (!request.StartsAnew)
                waiting = waiting.Where(l => names.Contains(l.Name));
            var into = request.StartsAnew ? SceneLesson.Nothing : number;
            var marked = await waiting.ExecuteUpdateAsync(set => set.SetProperty(l => l.MergedInto, into), cancellationToken);
            return request.StartsAnew || marked == names.Count;
        }

        private SceneVersion VersionOf(CameraRef camera, SceneVersionNote request, string key, SceneVersion? newest) => new()
        {
            CompanyId = camera.CompanyId,
            CameraId = camera.Id,
            Number = request.Base + 1,
            StorageKey = key,
            Size = request.Size,
            Sha256 = request.Sha256,
            FootageMs = request.FootageMs,
            ActiveFrames = request.ActiveFrames,
            ViewStart = request.StartsAnew || newest is null ? request.Base + 1 : newest.ViewStart,
            MovedAt = request is { StartsAnew: true, HasMoved: true } ? time.GetUtcNow() : newest?.MovedAt,
            MadeAt = time.GetUtcNow(),
        };

        /// <summary>
        /// Notes that the clip that began the version has taught, so that it does not teach again if it is delivered twice.
        /// </summary>
        private async Task BeginAsync(CameraRef camera, SceneVersionNote request, SceneVersion version, CancellationToken cancellationToken)
        {
            if (!await db.Set<SceneLesson>().AnyAsync(l => l.CameraId == camera.Id && l.Name == request.Clip, cancellationToken))
            {
                db.Add(new SceneLesson
                {
                    CompanyId = camera.CompanyId,
                    CameraId = camera.Id,
                    Name = request.Clip!,
                    Base = request.Base,
                    Size = 0,
                    Sha256 = request.Sha256,
                    FootageMs = request.FootageMs,
                    ActiveFrames = request.ActiveFrames,
                    HasMoved = request.HasMoved,
                    CapturedAt = request.CapturedAt!.Value,
                    LodgedAt = time.GetUtcNow(),
                    MergedInto = version.Number,
                });
            }

            if (request.HasMoved)
                await events.AppendAsync(camera.CompanyId, CameraMoved.EventKind, camera.Id, cancellationToken);
        }
    }
}
