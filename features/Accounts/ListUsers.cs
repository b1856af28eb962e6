using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>The users that the caller may see, by number; and one.</summary>
internal static class ListUsers
{
    internal sealed record Item(long Id, string Email, long CompanyId, Role Role, string? Name, DateTimeOffset CreatedAt)
    {
        public static Item Of(User u) => new(u.Id, u.Email, u.PublicCompanyId, u.Role, u.Name, u.CreatedAt);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/users", ListAsync);
        routes.MapGet("/api/users/{id:long}", GetAsync);
    }

    private static async Task<IResult> ListAsync(
        Page page, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "company_id")] long? companyId, HttpContext context, BackendDb db)
    {
        var after = page.After?.First ?? 0;
        var company = companyId == 0 ? User.NoCompany : companyId;
        var rows = await db.Set<User>().AsNoTracking()
            .Where(u => u.DeletedAt == null && u.Id > after && (company == null || u.CompanyId == company))
            .OrderBy(u => u.Id).Take(page.Limit + 1)
            .ToListAsync(context.RequestAborted);
        return page.Answer(context, rows, u => new PageMark(u.Id), Item.Of);
    }

    private static async Task<IResult> GetAsync(long id, BackendDb db, CancellationToken cancellationToken)
    {
        var user = await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.DeletedAt == null, cancellationToken);
        return user is null ? RoleRules.UserNotFound.ToProblem() : TypedResults.Ok(Item.Of(user));
    }
}
