using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Companies;

internal static class CreateCompany
{
    /// <summary>UTF-16 code units.</summary>
    internal const int MaxNameLength = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/companies", HandleAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("Companies", "Create a company").Takes(new CreateCompanyRequest("PT Maju Jaya"))
            .Answers(201, new CreateCompanyResponse(7, 7, "PT Maju Jaya"), "Created.")
            .Fails(400, "name_empty", "name_too_long", "name_unprintable").Repeatable();

    private static async Task<IResult> HandleAsync(
        CreateCompanyRequest request, BackendDb db, IAuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = InputText.Clean(request.Name, "name", MaxNameLength);
        if (!name.IsOk)
            return name.Error.ToProblem();
        var company = new Company { Name = name.Value, CreatedAt = time.GetUtcNow() };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Add(company);
        await db.SaveChangesAsync(cancellationToken);
        audit.Record(company.CompanyId, "company.created", $"companies/{company.CompanyId}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created(
            $"/api/companies/{company.CompanyId}", new CreateCompanyResponse(company.CompanyId, company.CompanyId, company.Name));
    }
}
