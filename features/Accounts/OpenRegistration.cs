using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Messages.Api;
using Siaga.Primitives;
using Siaga.Web;
using Role = Siaga.Web.Role;

namespace Siaga.Accounts;

/// <summary>
/// <c>POST /api/register</c> under <c>Compatibility:OpenRegistration</c>. Without a token it creates a user of the named company, who
/// waits for an admin's approval; a requested role is ignored. With an admin's token it does what <see cref="RegisterUser"/> does.
/// </summary>
internal static class OpenRegistration
{
    private const string Limited = "registrations";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/register", HandleAsync).AllowAnonymous().HoldsSecret()
        .Describe(
            "Users",
            "Create a user, or request an account",
            "Without a token: a `user` of `company_id`, who waits for an admin's approval.")
        .Takes(new RegisterUserRequest("siti@siaga.example", "a long password of hers") { Name = "Siti", CompanyId = 7 })
        .Answers(201, new RegisterUserResponse(12, 12, "siti@siaga.example", 7, Role.User.ToWire()), "Created.")
        .Fails(400, RegisterUser.Codes).Fails(403, "forbidden", "role_above_own", "invitation_needed").Fails(404, "company_not_found")
        .Fails(409, "email_taken").Fails(429, LoginLimiter.TooMany.Code);

    private static async Task<IResult> HandleAsync(
        RegisterUserRequest request,
        HttpContext context,
        CompanyScope scope,
        LoginLimiter limiter,
        RegisterUser.Registration registration)
    {
        if (Caller.Of(context.User) is { } caller)
        {
            if (caller.Role < Role.CompanyAdmin)
                return new Error(ErrorKind.Forbidden, "forbidden", "Your role does not allow this.").ToProblem();
            caller.Claim(scope);
            return RegisterUser.Answer(await registration.RunAsync(request, caller, context.RequestAborted));
        }

        // Every attempt counts, also a successful one: it creates a row, or reveals whether an e-mail is known.
        var address = LoginLimiter.AddressOf(context);
        if (limiter.Begin(context, Limited, address) is { } wait)
            return wait.ToProblem();
        scope.SetAll("an open registration");
        return RegisterUser.Answer(await registration.RunOpenAsync(request, context.RequestAborted));
    }
}
