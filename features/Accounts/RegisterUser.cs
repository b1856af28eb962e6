using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Accounts;

internal static class RegisterUser
{
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Request(string Email, string Password)
    {
        /// <summary>Default <c>user</c>.</summary>
        public Role Role { get; init; } = Role.User;

        public string? Name { get; init; }

        [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
        public long? CompanyId { get; init; }
    }

    internal sealed record Response(long UserId, long Id, string Email, long CompanyId, Role Role);

    internal static string[] Codes { get; } =
        ["email_invalid", .. Passwords.Codes, "name_too_long", "name_unprintable", "company_id_missing"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/register", HandleAsync).RequireAuthorization(Policies.CompanyAdmin).HoldsSecret()
            .Describe("Users", "Create a user", "You cannot give a role above your own. Superadmins are created by invitation.")
            .Takes(new Request("siti@siaga.example", "a long password of hers") { Name = "Siti", CompanyId = 7 })
            .Answers(201, new Response(12, 12, "siti@siaga.example", 7, Role.User), "Created.")
            .Fails(400, Codes)
            .Fails(403, "role_above_own", "invitation_needed").Fails(404, "company_not_found").Fails(409, "email_taken")
            .Repeatable();

    private static async Task<IResult> HandleAsync(
        Request request, Caller caller, Registration registration, CancellationToken cancellationToken)
    {
        return Answer(await registration.RunAsync(request, caller, cancellationToken));
    }

    internal static IResult Answer(Result<User> made) =>
        made.ToHttp(u => TypedResults.Created($"/api/users/{u.Id}", new Response(u.Id, u.Id, u.Email, u.PublicCompanyId, u.Role)));

    internal sealed class Registration(BackendDb db, RoleRules rules, Passwords passwords, IAuditLog audit, TimeProvider time)
    {
        public async Task<Result<User>> RunAsync(Request request, Caller caller, CancellationToken cancellationToken)
        {
            var company = await rules.CompanyForAsync(caller, request.Role, request.CompanyId, cancellationToken);
            return company.IsOk ? await MakeAsync(request, company.Value, request.Role, pending: false, cancellationToken) : company.Error;
        }

        /// <summary>Without a signed-in caller: creates a user of the named company, who waits for an admin's approval.</summary>
        public async Task<Result<User>> RunOpenAsync(Request request, CancellationToken cancellationToken)
        {
            var company = await rules.ActiveCompanyAsync(request.CompanyId ?? 0, cancellationToken);
            return company.IsOk ? await MakeAsync(request, company.Value, Role.User, pending: true, cancellationToken) : company.Error;
        }

        private async Task<Result<User>> MakeAsync(
            Request request, long companyId, Role role, bool pending, CancellationToken cancellationToken)
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
