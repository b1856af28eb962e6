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
/// A worker reports a scene update after it has stored its object: the update is merged only with it. An object without a row, which a
/// worker left that stopped in between, is removed after an hour. Safe to repeat; deduplication key: the update's name on its camera. An
/// update that was merged is not wanted again.
/// </summary>
internal static class SubmitSceneUpdate
{
    // An update that waits longer is merged with the next one, however few there are.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/internal/cameras/{id:long}/scene/lessons", HandleAsync)
        .RequireAuthorization(Policies.Worker).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        long id, SceneUpdateNote request, Handler handler, CancellationToken cancellationToken) =>
        (await handler.RunAsync(id, request, cancellationToken)).ToHttp();

    internal sealed class Handler(
        BackendDb db, SceneRepository scenes, ICameraRegistry cameras, IBlobStorage storage, TimeProvider time)
    {
        public async Task<Result<SceneUpdateAnswer>> RunAsync(long cameraId, SceneUpdateNote request, CancellationToken cancellationToken)
        {
            if (!SceneKeys.IsName(request.Name) || !SceneKeys.IsHash(request.Sha256)
                || request is not { Base: >= 1, Size: >= 0, FootageMs: >= 0, ActiveFrames: >= 0 })
                return new Error(ErrorKind.Invalid, "lesson_invalid", "The lesson has an invalid name, hash or number.");
            if (await cameras.FindAsync(cameraId, cancellationToken) is not { } camera)
                return SceneLookup.NoCamera;
            await using var transaction = await db.BeginExclusiveAsync($"scenes/{cameraId}", cancellationToken);
            if (await scenes.NewestAsync(cameraId, cancellationToken) is not { } newest || request.Base > newest.Number)
                return new Error(ErrorKind.Conflict, "scene_unknown", "The camera has no such version.");
            var lesson = await db.Set<SceneLesson>()
                .SingleOrDefaultAsync(l => l.CameraId == cameraId && l.Name == request.Name, cancellationToken);
            if (lesson is null)
            {
                lesson = New(camera, request, newest);
                db.Add(lesson);
            }

            if (lesson.MergedInto is null)
            {
                // An update that is not stored may have been reported by a worker that stopped: this worker's report replaces it.
                var isMissing = await IsMissingAsync(lesson, cancellationToken);
                if (isMissing)
                {
                    Take(lesson, request, camera);
                    isMissing = await IsMissingAsync(lesson, cancellationToken);
                }

                lesson.IsStored = lesson.HasMoved || !isMissing;
            }

            await db.SaveChangesAsync(cancellationToken);
            var response = await AnswerAsync(lesson, request, newest, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return response;
        }

        private SceneLesson New(CameraRef camera, SceneUpdateNote request, SceneVersion newest)
        {
            var isLate = request.Base < newest.ViewStart;
            return new SceneLesson
            {
                CompanyId = camera.CompanyId,
                CameraId = camera.Id,
                Name = request.Name,
                Base = request.Base,
                Size = request.Size,
                Sha256 = request.Sha256,
                FootageMs = request.FootageMs,
                ActiveFrames = request.ActiveFrames,
                HasMoved = request.HasMoved,
                CapturedAt = request.CapturedAt,
                LodgedAt = time.GetUtcNow(),
                MergedInto = isLate ? SceneLesson.Nothing : null,
            };
        }

        private static void Take(SceneLesson lesson, SceneUpdateNote request, CameraRef camera)
        {
            (lesson.Base, lesson.Size, lesson.Sha256, lesson.HasMoved) = (request.Base, request.Size, request.Sha256, request.HasMoved);
            (lesson.FootageMs, lesson.ActiveFrames) = (request.FootageMs, request.ActiveFrames);
            lesson.StorageKey = request.HasMoved ? null : SceneKeys.Lesson(camera.CompanyId, camera.Id, request.Name, request.Base);
        }

        private async Task<bool> IsMissingAsync(SceneLesson lesson, CancellationToken cancellationToken) =>
            lesson.StorageKey is null || await storage.FindAsync(lesson.StorageKey, cancellationToken) is null;

        private async Task<SceneUpdateAnswer> AnswerAsync(
            SceneLesson lesson, SceneUpdateNote request, SceneVersion newest, CancellationToken cancellationToken)
        {
            if (lesson.MergedInto is not null)
                return new SceneUpdateAnswer(null, MergeDue: false, HasMoved: false, newest.Number);
            var waiting = await scenes.Waiting(lesson.CameraId).AsNoTracking().Where(l => l.IsStored)
                .Select(l => new StoredUpdate(l.Name, l.HasMoved, l.LodgedAt)).ToListAsync(cancellationToken);
            var enough = scenes.IsReady(newest) ? scenes.Options.ClipsAVersionWhenReady : scenes.Options.ClipsAVersion;
            var hasMoved = IsAnotherView(waiting, lesson.Name);
            var due = lesson is { HasMoved: false, IsStored: true } && IsMergeDue(waiting, request.Urgent, enough, time.GetUtcNow());
            return new SceneUpdateAnswer(lesson.IsStored ? null : lesson.StorageKey, due, hasMoved, newest.Number);
        }

        /// <param name="waiting">The camera's stored updates that are not merged, the earliest captured first.</param>
        /// <param name="name">The update that was reported now.</param>
        internal static bool IsAnotherView(IReadOnlyList<StoredUpdate> waiting, string name) =>
            // One clip may show a hand in front of the lens; two in a row show another view.
            waiting is [.., { HasMoved: true }, { HasMoved: true } last] && last.Name == name;

        /// <param name="waiting">The camera's stored updates that are not merged; at least one of the view that is known.</param>
        /// <param name="isUrgent">True: a person waits for it.</param>
        /// <param name="enough">So many make a version.</param>
        internal static bool IsMergeDue(IReadOnlyList<StoredUpdate> waiting, bool isUrgent, int enough, DateTimeOffset now)
        {
            var updates = waiting.Where(u => !u.HasMoved).ToList();
            return isUrgent || updates.Count >= enough || now - updates.Min(u => u.LodgedAt) > s_longestWait;
        }
    }

    internal sealed record StoredUpdate(string Name, bool HasMoved, DateTimeOffset LodgedAt);
}
