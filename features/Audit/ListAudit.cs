using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Web;

namespace Siaga.Audit;

/// <summary>Lists audit entries, newest first. A company admin sees only those of their own company.</summary>
internal static class ListAudit
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/audit", HandleAsync).RequireAuthorization(Policies.CompanyAdmin)
            .Describe("Audit", "List audit entries, newest first", "A company admin sees those of their company. Entries never change.")
            .AnswersPage(new ListAuditItem(
                5012,
                new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero),
                "budi@siaga.example",
                7,
                "camera_key.revoked",
                "cameras/9/keys/31",
                7,
                "203.0.113.7"));

    private static async Task<IResult> HandleAsync(Page page, TimeRange range, HttpContext context, BackendDb db)
    {
        var rows = db.Set<AuditEntry>().AsNoTracking();
        if (page.After is { } after)
            rows = rows.Where(e => e.Id < after.First);
        if (range.From is { } from)
            rows = rows.Where(e => e.At >= from);
        if (range.To is { } to)
            rows = rows.Where(e => e.At < to);
        var found = await rows.OrderByDescending(e => e.Id).Take(page.Limit + 1).ToListAsync(context.RequestAborted);
        return page.Answer(context, found, e => new PageMark(e.Id), ItemOf);
    }

    internal static ListAuditItem ItemOf(AuditEntry e) =>
        new(e.Id, e.At, e.Actor, e.ActorId, e.Action, e.Target, e.CompanyId == AuditEntry.NoCompany ? 0 : e.CompanyId, e.Address);
}
