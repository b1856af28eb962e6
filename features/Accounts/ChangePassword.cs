using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>Changes the caller's own password. It requires the current one and ends all other sessions.</summary>
internal static class ChangePassword
{
    private static readonly Error s_wrong = new(ErrorKind.Forbidden, "current_password_wrong", "'current_password' is wrong.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/users/password", HandleAsync)
        .Describe("Sign-in", "Change your own password", "Ends all other sessions; this one continues.")
        .Takes(new ChangePasswordRequest("a long password of my own", "an even longer one"))
        .Answers(204, "Changed.").Fails(400, Passwords.Codes).Fails(403, s_wrong.Code).Fails(429, LoginLimiter.TooMany.Code);

    private static async Task<IResult> HandleAsync(
        ChangePasswordRequest request, HttpContext context, Caller caller, LoginLimiter limiter, Change change)
    {
        var address = LoginLimiter.AddressOf(context);
        if (limiter.Begin(context, caller.Email, address) is { } wait)
            return wait.ToProblem();
        if (await change.RunAsync(request, caller, address, context.RequestAborted) is { } error)
            return error.ToProblem();
        limiter.Succeeded(caller.Email, address);
        return TypedResults.NoContent();
    }

    internal sealed class Change(BackendDb db, Passwords passwords, Sessions sessions, IAuditLog audit)
    {
        /// <returns>Null on success.</returns>
        public async Task<Error?> RunAsync(
            ChangePasswordRequest request, Caller caller, string address, CancellationToken cancellationToken)
        {
            var user = await db.Set<User>().SingleAsync(u => u.Id == caller.UserId, cancellationToken);
            if (await passwords.VerifyAsync(user, request.CurrentPassword, address, cancellationToken) is not { } right)
                return LoginLimiter.TooMany;
            if (!right)
                return s_wrong;
            var wanted = Passwords.Check(request.NewPassword, user.Email);
            if (!wanted.IsOk)
                return wanted.Error;
            user.PasswordHash = await passwords.HashAsync(wanted.Value, cancellationToken);
            audit.Record(user.PublicCompanyId, "password.changed", $"users/{user.Id}");
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await sessions.EndAllOfAsync(user.Id, caller.SessionId, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return null;
        }
    }
}
