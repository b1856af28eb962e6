using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Companies;

internal static class CreateCompany
{
    /// <summary>UTF-16 code units.</summary>
    internal const int MaxNameLength = 200;

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Request(string Name);

    internal sealed record Response(long CompanyId, long Id, string Name);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/companies", HandleAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("Companies", "Create a company").Takes(new Request("PT Maju Jaya"))
            .Answers(201, new Response(7, 7, "PT Maju Jaya"), "Created.")
            .Fails(400, "name_empty", "name_too_long", "name_unprintable").Repeatable();

    private static async Task<IResult> HandleAsync(
        Request request, BackendDb db, IAuditLog audit, TimeProvider time, CancellationToken cancellationToken)
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
            $"/api/companies/{company.CompanyId}", new Response(company.CompanyId, company.CompanyId, company.Name));
    }
}
