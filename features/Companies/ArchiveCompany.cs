using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Companies;

/// <summary>Archives a company: its users and camera keys stop working at once, its evidence stays.</summary>
internal static class ArchiveCompany
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/companies/{id:long}", HandleAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("Companies", "Archive a company", "Its people and camera keys stop working at once; its evidence stays.")
            .Answers(200, ListCompanies.Example with { ArchivedAt = ListCompanies.Example.CreatedAt }, "Archived.")
            .Fails(404, ListCompanies.NotFound.Code).HeedsVersion();

    private static async Task<IResult> HandleAsync(
        long id, HttpContext context, BackendDb db, IEnumerable<ICompanyArchiving> others, IAuditLog audit, TimeProvider time)
    {
        var cancellationToken = context.RequestAborted;
        await using var transaction = await db.BeginInCompanyAsync(id, cancellationToken);
        var company = await db.Set<Company>().SingleOrDefaultAsync(c => c.CompanyId == id, cancellationToken);
        if (company is null)
            return ListCompanies.NotFound.ToProblem();
        if (EntityTags.Refuse(context, company.Version) is { } stale)
            return stale.ToProblem();
        if (company.ArchivedAt is null)
        {
            company.ArchivedAt = time.GetUtcNow();
            audit.Record(id, "company.archived", $"companies/{id}");
            await db.SaveChangesAsync(cancellationToken);
            foreach (var other in others)
                await other.OnArchivingAsync(id, company.ArchivedAt.Value, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(ListCompanies.ItemOf(company));
    }
}
