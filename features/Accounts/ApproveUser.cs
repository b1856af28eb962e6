using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>Approves a requested account (<c>Compatibility:OpenRegistration</c>). Safe to repeat. To refuse it, delete the user.</summary>
internal static class ApproveUser
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/users/{id:long}/approve", HandleAsync).RequireAuthorization(Policies.CompanyAdmin)
            .Describe("Users", "Approve a requested account", "Until then the user cannot sign in. To refuse, delete the user.")
            .Answers(200, ListUsers.Example, "The user as it is now.").Fails(404, RoleRules.UserNotFound.Code)
            .HeedsVersion().ShowsVersion();

    private static async Task<IResult> HandleAsync(long id, HttpContext context, BackendDb db, IAuditLog audit)
    {
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Id == id && u.DeletedAt == null, context.RequestAborted);
        if (user is null)
            return RoleRules.UserNotFound.ToProblem();
        if (EntityTags.Refuse(context, user.Version) is { } stale)
            return stale.ToProblem();
        if (user.Pending)
        {
            user.Pending = false;
            audit.Record(user.PublicCompanyId, "user.approved", $"users/{id}");
            await db.SaveChangesAsync(context.RequestAborted);
        }

        EntityTags.Set(context, user.Version);
        return TypedResults.Ok(ListUsers.ItemOf(user));
    }
}
