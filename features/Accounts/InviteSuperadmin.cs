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

namespace Siaga.Accounts;

/// <summary>Invites superadmins: all but the first are created by invitation. The invited person chooses the password.</summary>
internal static class InviteSuperadmin
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var at = ListUsers.Example.CreatedAt;
        routes.MapPost("/api/invitations", InviteAsync).RequireAuthorization(Policies.Superadmin).HoldsSecret()
            .Describe("Invitations", "Invite a superadmin", "Hand the token to the person; it works once.")
            .Takes(new InviteSuperadminRequest("dewi@siaga.example"))
            .Answers(201, new InviteSuperadminResponse(3, "dewi@siaga.example", "sinv_q3pX0-Jb5yQ", at.AddDays(3)), "Created.")
            .Fails(400, "email_invalid").Fails(409, RoleRules.EmailTaken.Code).Repeatable();
        routes.MapGet("/api/invitations", ListAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("Invitations", "List invitations, newest first")
            .AnswersPage(new InviteSuperadminItem(3, "dewi@siaga.example", 1, at, at.AddDays(3), null, null));
        routes.MapDelete("/api/invitations/{id:long}", RevokeAsync).RequireAuthorization(Policies.Superadmin)
            .Describe("Invitations", "Revoke an invitation", "Safe to repeat. One that was accepted has become a user; delete that one.")
            .Answers(204, "Revoked.").Fails(404, "invitation_not_found");
    }

    private static async Task<IResult> InviteAsync(
        InviteSuperadminRequest request, HttpContext context, BackendDb db, IAuditLog audit, IOptions<AccountsOptions> options,
        TimeProvider time)
    {
        var email = Emails.Check(request.Email);
        if (!email.IsOk)
            return email.Error.ToProblem();
        if (await db.Set<User>().AnyAsync(u => u.Email == email.Value && u.DeletedAt == null, context.RequestAborted))
            return RoleRules.EmailTaken.ToProblem();
        var secret = Invitation.NewSecret();
        var now = time.GetUtcNow();
        var invitation = new Invitation
        {
            Email = email.Value,
            Hash = Invitation.HashOf(secret),
            CreatedBy = Caller.Of(context.User)!.UserId,
            CreatedAt = now,
            ExpiresAt = now + options.Value.InvitationLifetime,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(context.RequestAborted);
        db.Add(invitation);
        await db.SaveChangesAsync(context.RequestAborted);
        audit.Record(0, "superadmin.invited", $"invitations/{invitation.Id}");
        await db.SaveChangesAsync(context.RequestAborted);
        await transaction.CommitAsync(context.RequestAborted);
        return TypedResults.Created(
            $"/api/invitations/{invitation.Id}",
            new InviteSuperadminResponse(invitation.Id, invitation.Email, secret, invitation.ExpiresAt));
    }

    private static async Task<IResult> ListAsync(Page page, HttpContext context, BackendDb db)
    {
        var before = page.After?.First ?? long.MaxValue;
        var rows = await db.Set<Invitation>().AsNoTracking().Where(i => i.Id < before)
            .OrderByDescending(i => i.Id).Take(page.Limit + 1).ToListAsync(context.RequestAborted);
        return page.Answer(context, rows, i => new PageMark(i.Id), ItemOf);
    }

    private static InviteSuperadminItem ItemOf(Invitation i) =>
        new(i.Id, i.Email, i.CreatedBy, i.CreatedAt, i.ExpiresAt, i.AcceptedAt, i.RevokedAt);

    private static async Task<IResult> RevokeAsync(
        long id, BackendDb db, IAuditLog audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var invitation = await db.Set<Invitation>().SingleOrDefaultAsync(i => i.Id == id, cancellationToken);
        if (invitation is null)
            return new Error(ErrorKind.NotFound, "invitation_not_found", "There is no such invitation.").ToProblem();
        if (invitation.RevokedAt is null)
        {
            invitation.RevokedAt = time.GetUtcNow();
            audit.Record(0, "invitation.revoked", $"invitations/{id}");
            await db.SaveChangesAsync(cancellationToken);
        }

        return TypedResults.NoContent();
    }
}
