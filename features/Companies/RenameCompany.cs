using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Companies;

internal static class RenameCompany
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/companies/{id:long}", HandleAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("Companies", "Rename a company").Takes(new RenameCompanyRequest("PT Maju Terus"))
            .Answers(200, ListCompanies.Example)
            .Fails(400, "name_empty", "name_too_long", "name_unprintable").Fails(404, ListCompanies.NotFound.Code)
            .HeedsVersion().ShowsVersion();

    private static async Task<IResult> HandleAsync(
        long id, RenameCompanyRequest request, HttpContext context, BackendDb db, IAuditLog audit)
    {
        var cancellationToken = context.RequestAborted;
        var company = await db.Set<Company>().SingleOrDefaultAsync(c => c.CompanyId == id && c.ArchivedAt == null, cancellationToken);
        if (company is null)
            return ListCompanies.NotFound.ToProblem();
        if (EntityTags.Refuse(context, company.Version) is { } stale)
            return stale.ToProblem();
        if (request.Name is not null)
        {
            var name = InputText.Clean(request.Name, "name", CreateCompany.MaxNameLength);
            if (!name.IsOk)
                return name.Error.ToProblem();
            company.Name = name.Value;
            audit.Record(id, "company.renamed", $"companies/{id}");
            await db.SaveChangesAsync(cancellationToken);
        }

        EntityTags.Set(context, company.Version);
        return TypedResults.Ok(ListCompanies.ItemOf(company));
    }
}
