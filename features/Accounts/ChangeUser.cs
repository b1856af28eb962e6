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

/// <summary>
/// Changes the given fields; a field left out keeps its value. A change of rights, e-mail or password ends the user's sessions.
/// </summary>
internal static class ChangeUser
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/users/{id:long}", HandleAsync).RequireAuthorization(Policies.CompanyAdmin).HoldsSecret()
            .Describe(
                "Users",
                "Change a user",
                "A field left out keeps its value. A new role, company, e-mail or password ends the user's sessions.")
            .Takes(new ChangeUserRequest { Name = "Siti", Role = Role.CompanyAdmin.ToWire() })
            .Answers(200, ListUsers.Example, "The user as it is now.")
            .Fails(400, RegisterUser.Codes)
            .Fails(403, "role_above_own", "invitation_needed")
            .Fails(404, "user_not_found", "company_not_found")
            .Fails(409, "email_taken", "last_superadmin")
            .HeedsVersion().ShowsVersion();

    private static async Task<IResult> HandleAsync(long id, ChangeUserRequest request, HttpContext context, Caller caller, Change change)
    {
        var changed = await change.RunAsync(id, request, caller, context);
        return changed.ToHttp(u =>
        {
            EntityTags.Set(context, u.Version);
            return TypedResults.Ok(ListUsers.ItemOf(u));
        });
    }

    internal sealed class Change(BackendDb db, RoleRules rules, Passwords passwords, Sessions sessions, IAuditLog audit)
    {
        public async Task<Result<User>> RunAsync(long id, ChangeUserRequest request, Caller caller, HttpContext context)
        {
            var cancellationToken = context.RequestAborted;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Id == id && u.DeletedAt == null, cancellationToken);
            if (user is null)
                return RoleRules.UserNotFound;
            if (EntityTags.Refuse(context, user.Version) is { } stale)
                return stale;
            var before = (user.Role, user.CompanyId, user.PasswordHash, user.Email);
            if (await ApplyRightsAsync(user, request, caller, cancellationToken) is { } refused)
                return refused;
            if (await ApplyRestAsync(user, request, cancellationToken) is { } invalid)
                return invalid;
            audit.Record(user.PublicCompanyId, "user.changed", $"users/{id}");
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (db.IsUniqueViolation(e))
            {
                return RoleRules.EmailTaken;
            }

            // The token holds role, company and e-mail. If only the password changed, the caller's own token is still correct and its
            // session continues.
            if (before != (user.Role, user.CompanyId, user.PasswordHash, user.Email))
            {
                var same = before.Role == user.Role && before.CompanyId == user.CompanyId && before.Email == user.Email;
                await sessions.EndAllOfAsync(user.Id, same && user.Id == caller.UserId ? caller.SessionId : null, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return user;
        }

        private async Task<Error?> ApplyRightsAsync(
            User user, ChangeUserRequest request, Caller caller, CancellationToken cancellationToken)
        {
            var role = request.Role?.FromWire() ?? user.Role;
            var asked = request.CompanyId ?? user.PublicCompanyId;
            if (role == user.Role && asked == user.PublicCompanyId)
                return null;
            var company = await rules.CompanyForAsync(caller, role, asked, cancellationToken);
            if (!company.IsOk)
                return company.Error;
            if (role != Role.Superadmin && await rules.RefuseLastSuperadminAsync(user, cancellationToken) is { } last)
                return last;
            user.Role = role;
            user.CompanyId = company.Value;
            return null;
        }

        private async Task<Error?> ApplyRestAsync(User user, ChangeUserRequest request, CancellationToken cancellationToken)
        {
            Result<string> email = request.Email is null ? user.Email : Emails.Check(request.Email);
            Result<string?> name = request.Name is null ? user.Name : InputText.CleanOptional(request.Name, "name", 200);
            var password = string.IsNullOrEmpty(request.Password)
                ? (Result<string>?)null
                : Passwords.Check(request.Password, email.IsOk ? email.Value : null);
            if ((email.Error ?? name.Error ?? password?.Error) is { } error)
                return error;
            user.Email = email.Value;
            user.Name = name.Value;
            if (password is { } given)
                user.PasswordHash = await passwords.HashAsync(given.Value, cancellationToken);
            return null;
        }
    }
}
