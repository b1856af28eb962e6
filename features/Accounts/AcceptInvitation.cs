using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;
using Role = Siaga.Web.Role;

namespace Siaga.Accounts;

/// <summary>Creates the superadmin account that an invitation offers. The invited person chooses the password.</summary>
internal static class AcceptInvitation
{
    private static readonly Error s_notValid = new(
        ErrorKind.NotFound, "invitation_not_valid", "This invitation is invalid, used or expired; ask for a new one.");

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/invitations/accept", HandleAsync).AllowAnonymous().HoldsSecret()
        .Describe("Invitations", "Accept an invitation", "Creates the account; sign in next.")
        .Takes(new AcceptInvitationRequest("sinv_q3pX0-Jb5yQ", "a long password of hers") { Name = "Dewi" })
        .Answers(201, new RegisterUserResponse(4, 4, "dewi@siaga.example", 0, Role.Superadmin.ToWire()), "Created.")
        .Fails(400, [.. Passwords.Codes, "name_too_long", "name_unprintable"])
        .Fails(404, s_notValid.Code).Fails(409, RoleRules.EmailTaken.Code).Fails(429, LoginLimiter.TooMany.Code);

    private static async Task<IResult> HandleAsync(
        AcceptInvitationRequest request, HttpContext context, CompanyScope scope, LoginLimiter limiter, Acceptance acceptance)
    {
        scope.SetAll("accepting an invitation");
        var address = LoginLimiter.AddressOf(context);
        if (limiter.Begin(context, "invitations", address) is { } wait)
            return wait.ToProblem();
        var made = await acceptance.RunAsync(request, context.RequestAborted);
        if (made.IsOk)
            limiter.Succeeded("invitations", address);
        return RegisterUser.Answer(made);
    }

    internal sealed class Acceptance(BackendDb db, Passwords passwords, IAuditLog audit, TimeProvider time)
    {
        public async Task<Result<User>> RunAsync(AcceptInvitationRequest request, CancellationToken cancellationToken)
        {
            var hash = Invitation.HashOf(request.Token);
            var invitation = await db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(i => i.Hash == hash, cancellationToken);
            var now = time.GetUtcNow();
            if (invitation is null || invitation.AcceptedAt is not null || invitation.RevokedAt is not null || invitation.ExpiresAt <= now)
                return s_notValid;
            var password = Passwords.Check(request.Password, invitation.Email);
            var name = InputText.CleanOptional(request.Name, "name", 200);
            if ((password.Error ?? name.Error) is { } error)
                return error;
            var user = new User
            {
                CompanyId = User.NoCompany,
                Email = invitation.Email,
                Name = name.Value,
                Role = Role.Superadmin,
                PasswordHash = await passwords.HashAsync(password.Value, cancellationToken),
                CreatedAt = now,
            };
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

            // A single UPDATE decides which of two concurrent acceptances wins.
            var taken = await db.Set<Invitation>().Where(i => i.Id == invitation.Id && i.AcceptedAt == null && i.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now), cancellationToken);
            if (taken == 0)
                return s_notValid;
            db.Add(user);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (db.IsUniqueViolation(e))
            {
                return RoleRules.EmailTaken;
            }

            audit.Record(0, "invitation.accepted", $"users/{user.Id}");
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return user;
        }
    }
}
