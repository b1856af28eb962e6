using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>Ends an account and its sessions at once. The row stays, and so does what the user did.</summary>
internal static class DeleteUser
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/users/{id:long}", HandleAsync).RequireAuthorization(Policies.CompanyAdmin)
            .Describe("Users", "End an account", "What the user did stays.")
            .Answers(200, new DeleteUserResponse(12, ListUsers.Example.CreatedAt), "Ended, with all sessions.")
            .Fails(404, "user_not_found").Fails(409, "last_superadmin").HeedsVersion();

    private static async Task<IResult> HandleAsync(
        long id, HttpContext context, BackendDb db, RoleRules rules, Sessions sessions, IAuditLog audit, TimeProvider time)
    {
        var cancellationToken = context.RequestAborted;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Id == id && u.DeletedAt == null, cancellationToken);
        if (user is null)
            return RoleRules.UserNotFound.ToProblem();
        if (EntityTags.Refuse(context, user.Version) is { } stale)
            return stale.ToProblem();
        if (await rules.RefuseLastSuperadminAsync(user, cancellationToken) is { } last)
            return last.ToProblem();
        user.DeletedAt = time.GetUtcNow();
        audit.Record(user.PublicCompanyId, "user.deleted", $"users/{id}");
        await db.SaveChangesAsync(cancellationToken);
        await sessions.EndAllOfAsync(id, null, cancellationToken);
        await db.Set<Device>().Where(d => d.UserId == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new DeleteUserResponse(user.Id, user.DeletedAt.Value));
    }
}
