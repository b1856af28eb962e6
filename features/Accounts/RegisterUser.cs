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

internal static class RegisterUser
{
    internal static string[] Codes { get; } =
        ["email_invalid", .. Passwords.Codes, "name_too_long", "name_unprintable", "company_id_missing"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/register", HandleAsync).RequireAuthorization(Policies.CompanyAdmin).HoldsSecret()
            .Describe("Users", "Create a user", "You cannot give a role above your own. Superadmins are created by invitation.")
            .Takes(new RegisterUserRequest("siti@siaga.example", "a long password of hers") { Name = "Siti", CompanyId = 7 })
            .Answers(201, new RegisterUserResponse(12, 12, "siti@siaga.example", 7, Role.User.ToWire()), "Created.")
            .Fails(400, Codes)
            .Fails(403, "role_above_own", "invitation_needed").Fails(404, "company_not_found").Fails(409, "email_taken")
            .Repeatable();

    private static async Task<IResult> HandleAsync(
        RegisterUserRequest request, Caller caller, Registration registration, CancellationToken cancellationToken)
    {
        return Answer(await registration.RunAsync(request, caller, cancellationToken));
    }

    internal static IResult Answer(Result<User> made) => made.ToHttp(u => TypedResults.Created(
        $"/api/users/{u.Id}", new RegisterUserResponse(u.Id, u.Id, u.Email, u.PublicCompanyId, u.Role.ToWire())));

    internal sealed class Registration(BackendDb db, RoleRules rules, Passwords passwords, IAuditLog audit, TimeProvider time)
    {
        public async Task<Result<User>> RunAsync(RegisterUserRequest request, Caller caller, CancellationToken cancellationToken)
        {
            var role = request.Role.FromWire();
            var company = await rules.CompanyForAsync(caller, role, request.CompanyId, cancellationToken);
            return company.IsOk ? await MakeAsync(request, company.Value, role, pending: false, cancellationToken) : company.Error;
        }

        /// <summary>Without a signed-in caller: creates a user of the named company, who waits for an admin's approval.</summary>
        public async Task<Result<User>> RunOpenAsync(RegisterUserRequest request, CancellationToken cancellationToken)
        {
            var company = await rules.ActiveCompanyAsync(request.CompanyId ?? 0, cancellationToken);
            return company.IsOk ? await MakeAsync(request, company.Value, Role.User, pending: true, cancellationToken) : company.Error;
        }

        private async Task<Result<User>> MakeAsync(
            RegisterUserRequest request, long companyId, Role role, bool pending, CancellationToken cancellationToken)
        {
            var email = Emails.Check(request.Email);
            var password = Passwords.Check(request.Password, email.IsOk ? email.Value : null);
            var name = InputText.CleanOptional(request.Name, "name", 200);
            if ((email.Error ?? password.Error ?? name.Error) is { } error)
                return error;
            var user = new User
            {
                CompanyId = companyId,
                Email = email.Value,
                Name = name.Value,
                Role = role,
                Pending = pending,
                PasswordHash = await passwords.HashAsync(password.Value, cancellationToken),
                CreatedAt = time.GetUtcNow(),
            };
            await using var transaction = await db.BeginInCompanyAsync(user.CompanyId, cancellationToken);
            if (await rules.RefuseArchivedAsync(user.CompanyId, cancellationToken) is { } archived)
                return archived;
            db.Add(user);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                audit.Record(user.PublicCompanyId, pending ? "user.asked" : "user.registered", $"users/{user.Id}");
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return user;
            }
            catch (DbUpdateException e) when (db.IsUniqueViolation(e))
            {
                return RoleRules.EmailTaken;
            }
        }
    }
}
