using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>Archives a camera: its keys end at once, its recordings and anomalies stay.</summary>
internal static class ArchiveCamera
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/cameras/{id:long}", HandleAsync).RequireAuthorization(Policies.CompanyAdmin)
            .Describe("Cameras", "Archive a camera", "Its keys end at once; its recordings and anomalies stay.")
            .Answers(200, new ArchiveCameraResponse(9, ListCameras.Example.CreatedAt), "Archived.")
            .Fails(404, CameraRules.NotFound.Code).HeedsVersion();

    private static async Task<IResult> HandleAsync(
        long id, HttpContext context, BackendDb db, IAuditLog audit, TimeProvider time)
    {
        var cancellationToken = context.RequestAborted;
        var companyOfCamera = db.Set<Camera>().Where(c => c.Id == id).Select(c => (long?)c.CompanyId);
        if (await companyOfCamera.SingleOrDefaultAsync(cancellationToken) is not { } company)
            return CameraRules.NotFound.ToProblem();
        await using var transaction = await db.BeginInCompanyAsync(company, cancellationToken);
        var camera = await db.Set<Camera>().SingleAsync(c => c.Id == id, cancellationToken);
        if (EntityTags.Refuse(context, camera.Version) is { } stale)
            return stale.ToProblem();
        var now = time.GetUtcNow();
        camera.ArchivedAt ??= now;
        audit.Record(camera.CompanyId, "camera.archived", $"cameras/{id}");
        await db.SaveChangesAsync(cancellationToken);
        await EndCameraKeys.RevokeAsync(db, k => k.CameraId == id, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new ArchiveCameraResponse(camera.Id, camera.ArchivedAt.Value));
    }
}
