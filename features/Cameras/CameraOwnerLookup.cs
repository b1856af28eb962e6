using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>
/// Finds a camera and its company by id or stream key, for uploads without a key (<c>Compatibility:KeylessIngestion</c>).
/// </summary>
internal static class CameraOwnerLookup
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/cameras/{camera}", HandleAsync).RequireAuthorization(Policies.Ingestion).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        string camera, BackendDb db, ICameraRegistry cameras, CancellationToken cancellationToken)
    {
        var found = await cameras.FindAsync(camera, cancellationToken);
        return found is null || !await db.Set<Camera>().AnyAsync(c => c.Id == found.Id && c.ArchivedAt == null, cancellationToken)
            ? CameraRules.NotFound.ToProblem()
            : TypedResults.Ok(new CameraOwner(found.Id, found.CompanyId));
    }
}
