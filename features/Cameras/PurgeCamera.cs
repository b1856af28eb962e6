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

/// <summary>
/// Marks an archived camera, or all archived cameras of an archived company, to be
/// deleted with all their data. <see cref="CameraPurging"/> deletes them. Safe to repeat.
/// </summary>
internal static class PurgeCamera
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/cameras/{id:long}/purge", HandleAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("Cameras", "Purge an archived camera", "All that is kept of it goes for good. Safe to repeat.")
            .Answers(202, new PurgeCameraResponse(9, ListCameras.Example.CreatedAt), "Asked for; it is removed soon.")
            .Fails(404, CameraRules.NotFound.Code).Fails(409, "camera_in_use");
        routes.MapPost("/api/companies/{id:long}/purge", HandleCompanyAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("Companies", "Purge an archived company's cameras", "All that is kept of them goes for good. Safe to repeat.")
            .Answers(202, new PurgeCameraCompanyResponse(7, 3, ListCameras.Example.CreatedAt), "Asked for; they are removed soon.")
            .Fails(404, "company_not_found").Fails(409, "company_in_use");
    }

    private static async Task<IResult> HandleAsync(
        long id, BackendDb db, IAuditLog audit, CameraPurging purging, TimeProvider time, CancellationToken cancellationToken)
    {
        var camera = await db.Set<Camera>().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (camera is null)
            return CameraRules.NotFound.ToProblem();
        if (camera.ArchivedAt is null)
            return new Error(ErrorKind.Conflict, "camera_in_use", "The camera is in use; delete it first, which archives it.").ToProblem();
        if (camera.PurgeRequestedAt is null)
        {
            camera.PurgeRequestedAt = time.GetUtcNow();
            audit.Record(camera.CompanyId, "camera.purge_requested", $"cameras/{id}");
            await db.SaveChangesAsync(cancellationToken);
        }

        purging.LookNow();
        return TypedResults.Accepted($"/api/cameras/{id}", new PurgeCameraResponse(id, camera.PurgeRequestedAt.Value));
    }

    private static async Task<IResult> HandleCompanyAsync(
        long id,
        BackendDb db,
        ICompanyRegistry companies,
        IAuditLog audit,
        CameraPurging purging,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await companies.FindAsync(id, cancellationToken) is not { } company)
            return new Error(ErrorKind.NotFound, "company_not_found", "There is no such company.").ToProblem();
        if (company.IsActive)
        {
            return new Error(
                ErrorKind.Conflict, "company_in_use", "The company is in use; delete it first, which archives it.").ToProblem();
        }

        var now = time.GetUtcNow();
        await using var transaction = await db.BeginInCompanyAsync(id, cancellationToken);
        var marked = await db.Set<Camera>().Where(c => c.CompanyId == id && c.ArchivedAt != null && c.PurgeRequestedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PurgeRequestedAt, now), cancellationToken);
        audit.Record(id, "company.purge_requested", $"companies/{id}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        purging.LookNow();
        return TypedResults.Accepted($"/api/companies/{id}", new PurgeCameraCompanyResponse(id, marked, now));
    }
}
