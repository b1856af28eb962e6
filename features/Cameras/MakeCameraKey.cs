using System.Security.Cryptography;
using System.Text;
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

/// <summary>Creates a key for a camera. Two may be valid at once, so that a camera can change keys without missing a clip.</summary>
internal static class MakeCameraKey
{
    private const int MaxActive = 2;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // 43 of 62 characters: 256 bits.
    private const int RandomLength = 43;
    private const int PrefixLength = 12;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/cameras/{id:long}/keys", HandleAsync).RequireAuthorization(Policies.CompanyAdmin).HoldsSecret()
            .Describe(
                "Camera keys",
                "Create a key",
                "It is shown only this once. Two may be valid at a time: create the next, give it to the camera, revoke the old one.")
            .Answers(201, new MakeCameraKeyResponse(31, "sck_7Yc0eXAMPLEeXAMPLEeXAMPLEeXAMPLEeXAMPLEeXA", "sck_7Yc0eXAM"), "Created.")
            .Fails(404, CameraRules.NotFound.Code).Fails(409, "too_many_keys").Repeatable();

    private static async Task<IResult> HandleAsync(
        long id, BackendDb db, IAuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var companyOfCamera = db.Set<Camera>().Where(c => c.Id == id).Select(c => (long?)c.CompanyId);
        if (await companyOfCamera.SingleOrDefaultAsync(cancellationToken) is not { } company)
            return CameraRules.NotFound.ToProblem();
        await using var transaction = await db.BeginInCompanyAsync(company, cancellationToken);
        var camera = await db.Set<Camera>().SingleOrDefaultAsync(c => c.Id == id && c.ArchivedAt == null, cancellationToken);
        if (camera is null)
            return CameraRules.NotFound.ToProblem();
        if (await db.Set<CameraKey>().CountAsync(k => k.CameraId == id && k.RevokedAt == null, cancellationToken) >= MaxActive)
        {
            return new Error(
                ErrorKind.Conflict, "too_many_keys", $"The camera already has {MaxActive} valid keys; revoke one first.").ToProblem();
        }

        var secret = "sck_" + RandomNumberGenerator.GetString(Alphabet, RandomLength);
        var now = time.GetUtcNow();
        var key = new CameraKey
        {
            CompanyId = camera.CompanyId,
            CameraId = camera.Id,
            Prefix = secret[..PrefixLength],
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret))),
            CreatedAt = now,
            ChangedAt = now,
        };
        db.Add(key);
        await db.SaveChangesAsync(cancellationToken);
        audit.Record(key.CompanyId, "camera_key.made", $"cameras/{id}/keys/{key.Id}");
        await db.SaveChangesAsync(cancellationToken);
        await db.AnnounceAsync(CameraKeySignal.Topic, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/cameras/{id}/keys/{key.Id}", new MakeCameraKeyResponse(key.Id, secret, key.Prefix));
    }
}
