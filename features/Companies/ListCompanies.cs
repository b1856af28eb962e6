using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Companies;

/// <summary>Lists the companies in use, oldest first, and shows one, archived or not.</summary>
internal static class ListCompanies
{
    internal static ListCompaniesItem Example { get; } = new(
        7, "PT Maju Jaya", new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), null);

    internal static Error NotFound { get; } = new(ErrorKind.NotFound, "company_not_found", "There is no such company.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/companies", ListAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("Companies", "List the companies in use").AnswersPage(Example);
        routes.MapGet("/api/companies/{id:long}", GetAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("Companies", "Show a company", "Archived ones too.").Answers(200, Example).Fails(404, NotFound.Code).ShowsVersion();
    }

    internal static ListCompaniesItem ItemOf(Company c) => new(c.CompanyId, c.Name, c.CreatedAt, c.ArchivedAt);

    private static async Task<IResult> ListAsync(Page page, HttpContext context, BackendDb db, CancellationToken cancellationToken)
    {
        var after = page.After?.First ?? 0;
        var rows = await db.Set<Company>().AsNoTracking()
            .Where(c => c.ArchivedAt == null && c.CompanyId > after)
            .OrderBy(c => c.CompanyId).Take(page.Limit + 1)
            .ToListAsync(cancellationToken);
        return page.Answer(context, rows, c => new PageMark(c.CompanyId), ItemOf);
    }

    private static async Task<IResult> GetAsync(long id, HttpContext context, BackendDb db)
    {
        var company = await db.Set<Company>().AsNoTracking().SingleOrDefaultAsync(c => c.CompanyId == id, context.RequestAborted);
        if (company is null)
            return NotFound.ToProblem();
        EntityTags.Set(context, company.Version);
        return TypedResults.Ok(ItemOf(company));
    }
}
