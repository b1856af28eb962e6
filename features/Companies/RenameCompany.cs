using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Companies;

internal static class RenameCompany
{
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Request(string? Name = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/companies/{id:long}", HandleAsync).RequireAuthorization(Policies.Superadmin);

    private static async Task<IResult> HandleAsync(long id, Request request, BackendDb db, IAuditLog audit, CancellationToken cancellationToken)
    {
        var company = await db.Set<Company>().SingleOrDefaultAsync(c => c.CompanyId == id && c.ArchivedAt == null, cancellationToken);
        if (company is null)
            return ListCompanies.NotFound.ToProblem();
        if (request.Name is not null)
        {
            var name = InputText.Clean(request.Name, "name", CreateCompany.MaxNameLength);
            if (!name.IsOk)
                return name.Error.ToProblem();
            company.Name = name.Value;
            audit.Record(id, "company.renamed", $"companies/{id}");
            await db.SaveChangesAsync(cancellationToken);
        }

        return TypedResults.Ok(ListCompanies.Item.Of(company));
    }
}
