using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Accounts;

internal sealed class DeviceRegistry(BackendDb db) : IDeviceRegistry
{
    public Task<int> CountAsync(long companyId, CancellationToken cancellationToken) =>
        db.Set<Device>().CountAsync(d => d.CompanyId == companyId, cancellationToken);
}

/// <summary>
/// Registers where push notifications reach a phone. An empty token removes
/// the user's devices. A device belongs to the user who signed in on it last.
/// </summary>
internal static class SetDevice
{
    private const int MaxTokenLength = 1000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/users/fcm-token", HandleAsync)
        .Describe("Users", "Register this phone for push notifications", "An empty token removes the caller's devices.")
        .Takes(new SetDeviceRequest("fGx1-token-of-the-push-service")).Answers(200, new SetDeviceResponse(true))
        .Fails(400, "fcm_token_too_long", "fcm_token_invalid");

    private static async Task<IResult> HandleAsync(
        SetDeviceRequest request, Caller caller, BackendDb db, TimeProvider time, CancellationToken cancellationToken)
    {
        var token = request.FcmToken.Trim();
        if (token.Length > MaxTokenLength)
        {
            return new Error(
                ErrorKind.Invalid, "fcm_token_too_long", $"'fcm_token' must not have more than {MaxTokenLength} characters.").ToProblem();
        }

        if (token.Any(c => c is < '!' or > '~'))
        {
            return new Error(
                ErrorKind.Invalid, "fcm_token_invalid", "'fcm_token' is not a valid push token.").ToProblem();
        }

        await using var transaction = await db.BeginExclusiveAsync($"devices/{token}", cancellationToken);

        // The device may have belonged to a user of another company, but now the caller's phone holds its token.
        await (token.Length == 0
                ? db.Set<Device>().Where(d => d.UserId == caller.UserId)
                : db.Set<Device>().IgnoreQueryFilters().Where(d => d.FcmToken == token))
            .ExecuteDeleteAsync(cancellationToken);
        if (token.Length > 0)
        {
            db.Add(new Device
            {
                CompanyId = caller.SeesAllCompanies ? User.NoCompany : caller.CompanyId,
                UserId = caller.UserId,
                FcmToken = token,
                CreatedAt = time.GetUtcNow(),
            });
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new SetDeviceResponse(true));
    }
}
