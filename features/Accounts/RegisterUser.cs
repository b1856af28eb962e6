using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
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

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/register", HandleAsync).RequireAuthorization(Policies.CompanyAdmin);

    private static async Task<IResult> HandleAsync(Request request, Caller caller, Registration registration, CancellationToken cancellationToken)
    {
        var made = await registration.RunAsync(request, caller, cancellationToken);
        return made.ToHttp(u => TypedResults.Created($"/api/users/{u.Id}", new Response(u.Id, u.Id, u.Email, u.PublicCompanyId, u.Role)));
    }

    internal sealed class Registration(BackendDb db, RoleRules rules, Passwords passwords, IAuditLog audit, TimeProvider time)
    {
        public async Task<Result<User>> RunAsync(Request request, Caller caller, CancellationToken cancellationToken)
        {
            var email = Emails.Check(request.Email);
            var password = Passwords.Check(request.Password);
            var name = InputText.CleanOptional(request.Name, "name", 200);
            if ((email.Error ?? password.Error ?? name.Error) is { } error)
                return error;
            var company = await rules.CompanyForAsync(caller, request.Role, request.CompanyId, cancellationToken);
            if (!company.IsOk)
                return company.Error;
            var user = new User
            {
                CompanyId = company.Value,
                Email = email.Value,
                Name = name.Value,
                Role = request.Role,
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
                audit.Record(user.PublicCompanyId, "user.registered", $"users/{user.Id}");
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
