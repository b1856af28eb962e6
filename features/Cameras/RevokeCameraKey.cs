using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>Revokes a key. Safe to repeat; Ingestion refuses the key within ten seconds.</summary>
internal static class RevokeCameraKey
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/cameras/{id:long}/keys/{key_id:long}", HandleAsync).RequireAuthorization(Policies.CompanyAdmin)
            .Describe("Camera keys", "Revoke a key", "Ingestion refuses it within ten seconds. Safe to repeat.")
            .Answers(204, "Revoked.").Fails(404, "key_not_found");

    private static async Task<IResult> HandleAsync(
        long id,
        [FromRoute(Name = "key_id")] long keyId,
        BackendDb db,
        IAuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var key = await db.Set<CameraKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == keyId && k.CameraId == id, cancellationToken);
        if (key is null)
            return new Error(ErrorKind.NotFound, "key_not_found", "There is no such key.").ToProblem();
        if (await EndCameraKeys.RevokeAsync(db, k => k.Id == keyId, time.GetUtcNow(), cancellationToken) > 0)
        {
            audit.Record(key.CompanyId, "camera_key.revoked", $"cameras/{id}/keys/{keyId}");
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
