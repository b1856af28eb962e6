using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;
using Role = Siaga.Web.Role;

namespace Siaga.Accounts;

/// <summary>
/// Creates, lists and revokes tokens for workers that a company runs itself.
/// Such a worker reports for that company's cameras and can do nothing else.
/// </summary>
internal static class ManageWorkerTokens
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var at = ListUsers.Example.CreatedAt;
        routes.MapPost("/api/worker-tokens", MakeAsync).RequireAuthorization(Policies.CompanyAdmin).HoldsSecret()
            .Describe(
                "Worker tokens",
                "Create a token for your own worker",
                "Sent as `X-Worker-Token` or `Bearer`. It is shown only this once.")
            .Takes(new ManageWorkerTokensRequest("The worker in Surabaya"))
            .Answers(201, new ManageWorkerTokensResponse(5, "The worker in Surabaya", 7, LogIn.Example.Token, at.AddDays(365)), "Created.")
            .Fails(400, "name_empty", "name_too_long", "name_unprintable", "company_id_missing")
            .Fails(404, "company_not_found")
            .Repeatable();
        routes.MapGet("/api/worker-tokens", ListAsync).RequireAuthorization(Policies.CompanyAdmin)
            .Describe("Worker tokens", "List workers' tokens, newest first")
            .AnswersPage(new ManageWorkerTokensItem(5, "The worker in Surabaya", 7, 7, at, at.AddDays(365), null));
        routes.MapDelete("/api/worker-tokens/{id:long}", RevokeAsync).RequireAuthorization(Policies.CompanyAdmin)
            .Describe("Worker tokens", "Revoke a worker's token", "Takes effect at once. Safe to repeat.")
            .Answers(204, "Revoked.").Fails(404, "worker_token_not_found");
    }

    private static async Task<IResult> MakeAsync(
        ManageWorkerTokensRequest request, Caller caller, Making making, CancellationToken cancellationToken)
    {
        var result = await making.RunAsync(request, caller, cancellationToken);
        return result.ToHttp(made => TypedResults.Created($"/api/worker-tokens/{made.Id}", made));
    }

    private static async Task<IResult> ListAsync(Page page, HttpContext context, BackendDb db)
    {
        var before = page.After?.First ?? long.MaxValue;
        var rows = await db.Set<WorkerToken>().AsNoTracking().Where(t => t.Id < before)
            .OrderByDescending(t => t.Id).Take(page.Limit + 1).ToListAsync(context.RequestAborted);
        return page.Answer(context, rows, t => new PageMark(t.Id), ItemOf);
    }

    private static ManageWorkerTokensItem ItemOf(WorkerToken t) =>
        new(t.Id, t.Name, t.CompanyId, t.CreatedBy, t.CreatedAt, t.ExpiresAt, t.RevokedAt);

    private static async Task<IResult> RevokeAsync(
        long id, BackendDb db, IAuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var token = await db.Set<WorkerToken>().SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
        if (token is null)
            return new Error(ErrorKind.NotFound, "worker_token_not_found", "There is no such token.").ToProblem();
        if (token.RevokedAt is null)
        {
            token.RevokedAt = time.GetUtcNow();
            audit.Record(token.CompanyId, "worker_token.revoked", $"worker-tokens/{id}");
            await db.SaveChangesAsync(cancellationToken);
        }

        return TypedResults.NoContent();
    }

    internal sealed class Making(
        BackendDb db, RoleRules rules, AccessTokens tokens, IAuditLog audit, IOptions<AccountsOptions> options, TimeProvider time)
    {
        public async Task<Result<ManageWorkerTokensResponse>> RunAsync(
            ManageWorkerTokensRequest request, Caller caller, CancellationToken cancellationToken)
        {
            var name = InputText.Clean(request.Name, "name", 200);
            if (!name.IsOk)
                return name.Error;
            var company = await rules.CompanyForAsync(caller, Role.User, request.CompanyId, cancellationToken);
            if (!company.IsOk)
                return company.Error;
            var now = time.GetUtcNow();
            var expiry = DateTimeOffset.FromUnixTimeSeconds((now + options.Value.WorkerTokenLifetime).ToUnixTimeSeconds());
            var token = new WorkerToken
            {
                CompanyId = company.Value,
                Name = name.Value,
                TokenId = Guid.NewGuid().ToString("N"),
                CreatedBy = caller.UserId,
                CreatedAt = now,
                ExpiresAt = expiry,
            };
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            db.Add(token);
            await db.SaveChangesAsync(cancellationToken);
            audit.Record(token.CompanyId, "worker_token.made", $"worker-tokens/{token.Id}");
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            var issued = tokens.Issue(new WorkerCaller(token.CompanyId, token.TokenId, expiry));
            return new ManageWorkerTokensResponse(token.Id, token.Name, token.CompanyId, issued, expiry);
        }
    }
}
