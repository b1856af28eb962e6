using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>Changes the given fields; a field left out keeps its value.</summary>
internal static class ChangeCamera
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/cameras/{id:long}", HandleAsync).RequireAuthorization(Policies.CompanyAdmin)
            .Describe("Cameras", "Change a camera", "A field left out keeps its value; an empty `location` or `rtsp_source` is cleared.")
            .Takes(new ChangeCameraRequest { Name = "Main gate" }).Answers(200, ListCameras.Example, "The camera as it is now.")
            .Fails(400, CameraRules.FieldCodes).Fails(404, CameraRules.NotFound.Code).Fails(409, CameraRules.StreamKeyTaken.Code)
            .HeedsVersion().ShowsVersion();

    private static async Task<IResult> HandleAsync(
        long id, ChangeCameraRequest request, HttpContext context, BackendDb db, IAuditLog audit, CameraItems items)
    {
        var cancellationToken = context.RequestAborted;
        var camera = await db.Set<Camera>().SingleOrDefaultAsync(c => c.Id == id && c.ArchivedAt == null, cancellationToken);
        if (camera is null)
            return CameraRules.NotFound.ToProblem();
        if (EntityTags.Refuse(context, camera.Version) is { } stale)
            return stale.ToProblem();
        if (Apply(request, camera) is { } error)
            return error.ToProblem();
        audit.Record(camera.CompanyId, "camera.changed", $"cameras/{id}");
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e))
        {
            return CameraRules.StreamKeyTaken.ToProblem();
        }

        EntityTags.Set(context, camera.Version);
        return TypedResults.Ok(await items.OfAsync(camera, cancellationToken));
    }

    internal static Error? Apply(ChangeCameraRequest request, Camera camera) =>
        CameraRules.Apply(request.Name ?? camera.Name, request.FalseAlarmsADay ?? camera.FalseAlarmsADay, request, camera);
}
