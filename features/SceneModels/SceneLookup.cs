using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.SceneModels;

/// <summary>What a worker needs to know before it scores a camera's clip, and before it merges scene updates.</summary>
internal static class SceneLookup
{
    public const int MostLessons = 200;

    public static Error NoCamera { get; } = new(ErrorKind.NotFound, "camera_not_found", "There is no such camera.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/internal/cameras/{id:long}/scene", SceneAsync)
            .RequireAuthorization(Policies.Worker).ExcludeFromDescription();
        routes.MapGet("/internal/cameras/{id:long}/scene/lessons", LessonsAsync)
            .RequireAuthorization(Policies.Worker).ExcludeFromDescription();
    }

    private static async Task<IResult> SceneAsync(
        long id, ICameraRegistry cameras, SceneRepository scenes, CancellationToken cancellationToken)
    {
        if (await cameras.FindAsync(id, cancellationToken) is not { } camera)
            return NoCamera.ToProblem();
        return TypedResults.Ok(await scenes.InfoAsync(camera, cancellationToken));
    }

    private static async Task<IResult> LessonsAsync(
        long id, ICameraRegistry cameras, SceneRepository scenes, CancellationToken cancellationToken)
    {
        if (await cameras.FindAsync(id, cancellationToken) is not { } camera)
            return NoCamera.ToProblem();
        var newest = await scenes.InfoAsync(camera, cancellationToken);
        var waiting = await scenes.Waiting(id).AsNoTracking().Where(l => !l.HasMoved && l.IsStored && l.StorageKey != null)
            .Take(MostLessons).Select(l => new WaitingSceneUpdate(l.Name, l.StorageKey!)).ToListAsync(cancellationToken);
        return TypedResults.Ok(new WaitingSceneUpdates(newest.Folder, newest.Version, newest.StorageKey, waiting));
    }
}
