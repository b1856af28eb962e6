using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Web;
using Role = Siaga.Web.Role;

namespace Siaga.Accounts;

/// <summary>Lists the users that the caller may see, in the order of their ids, and shows a single one.</summary>
internal static class ListUsers
{
    internal static ListUsersItem Example { get; } = new(
        7, "budi@siaga.example", 7, Role.CompanyAdmin.ToWire(), "Budi", new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/users", ListAsync)
            .Describe("Users", "List users", "Those of your company; for a superadmin those of all companies.")
            .AnswersPage(Example);
        routes.MapGet("/api/users/{id:long}", GetAsync)
            .Describe("Users", "Show a user").Answers(200, Example).Fails(404, "user_not_found").ShowsVersion();
    }

    internal static ListUsersItem ItemOf(User u) =>
        new(u.Id, u.Email, u.PublicCompanyId, u.Role.ToWire(), u.Name, u.CreatedAt, u.Pending ? true : null);

    private static async Task<IResult> ListAsync(
        Page page, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "company_id")] long? companyId, HttpContext context, BackendDb db)
    {
        var after = page.After?.First ?? 0;
        var company = companyId == 0 ? User.NoCompany : companyId;
        var rows = await db.Set<User>().AsNoTracking()
            .Where(u => u.DeletedAt == null && u.Id > after && (company == null || u.CompanyId == company))
            .OrderBy(u => u.Id).Take(page.Limit + 1)
            .ToListAsync(context.RequestAborted);
        return page.Answer(context, rows, u => new PageMark(u.Id), ItemOf);
    }

    private static async Task<IResult> GetAsync(long id, HttpContext context, BackendDb db)
    {
        var user = await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.DeletedAt == null, context.RequestAborted);
        if (user is null)
            return RoleRules.UserNotFound.ToProblem();
        EntityTags.Set(context, user.Version);
        return TypedResults.Ok(ItemOf(user));
    }
}
