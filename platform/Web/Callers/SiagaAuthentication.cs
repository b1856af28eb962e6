using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>
/// Authenticates people, by a token whose session is active, and services, by their service token. It ignores camera keys
/// (<c>sck_…</c>): Ingestion's endpoints, which are anonymous to this scheme, check them. A process without access tokens accepts no
/// person's token.
/// </summary>
internal sealed class SiagaAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IOptions<ServiceTokenOptions> serviceTokens,
    IEnumerable<ISessions> sessions,
    AccessTokens? tokens = null) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Siaga";

    private const string BearerPrefix = "Bearer ";

    // Our tokens have about 400 characters; a far longer one is not worth parsing.
    private const int MaxTokenLength = 4096;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers["X-Worker-Token"] is [{ Length: > 0 } workerToken])
            return Service(Policies.Worker, serviceTokens.Value.Worker, workerToken) is { Succeeded: true } own
                ? own
                : await WorkerAsync(workerToken);
        if (Request.Headers["X-Ingestion-Token"] is [{ Length: > 0 } ingestionToken])
            return Service(Policies.Ingestion, serviceTokens.Value.Ingestion, ingestionToken);
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var bearer = header[BearerPrefix.Length..].Trim();
        if (bearer.Length is 0 or > MaxTokenLength || bearer.StartsWith("sck_", StringComparison.Ordinal))
            return AuthenticateResult.NoResult();
        if (Service(Policies.Worker, serviceTokens.Value.Worker, bearer) is { Succeeded: true } worker)
            return worker;
        if (Service(Policies.Ingestion, serviceTokens.Value.Ingestion, bearer) is { Succeeded: true } ingestion)
            return ingestion;
        return await PersonAsync(bearer);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(Context, new Error(
            ErrorKind.Unauthenticated, "unauthenticated", "Sign in first: the request has no valid token."));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, new Error(ErrorKind.Forbidden, "forbidden", "Your role does not allow this."));

    private static AuthenticateResult Service(string service, string? expected, string given)
    {
        if (string.IsNullOrEmpty(expected) || !FixedTimeEquals(expected, given))
            return AuthenticateResult.Fail("This is not a service token.");
        var identity = new ClaimsIdentity([new Claim(Caller.RoleClaim, service)], Scheme, Caller.EmailClaim, Caller.RoleClaim);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    // Hashing first makes the time of the comparison independent of length and content.
    private static bool FixedTimeEquals(string expected, string given) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    private async Task<AuthenticateResult> WorkerAsync(string token) =>
        tokens is not null && token.Length <= MaxTokenLength && await tokens.ReadPrincipalAsync(token) is { } principal
            ? await WorkerAsync(principal)
            : AuthenticateResult.Fail("Not the token of a worker.");

    private async Task<AuthenticateResult> WorkerAsync(ClaimsPrincipal principal)
    {
        if (WorkerCaller.Of(principal) is not { } worker)
            return AuthenticateResult.Fail("Not the token of a worker.");
        foreach (var store in sessions)
        {
            if (!await store.IsWorkerActiveAsync(worker.TokenId, Context.RequestAborted))
                return AuthenticateResult.Fail("The token has been revoked.");
        }

        return AuthenticateResult.Success(new AuthenticationTicket(worker.ToPrincipal(), Scheme));
    }

    private async Task<AuthenticateResult> PersonAsync(string bearer)
    {
        if (tokens is null || await tokens.ReadPrincipalAsync(bearer) is not { } principal)
            return AuthenticateResult.Fail("The token is invalid or has expired.");
        if (Caller.Of(principal) is not { } caller)
            return await WorkerAsync(principal);
        foreach (var store in sessions)
        {
            if (!await store.IsActiveAsync(caller.SessionId, Context.RequestAborted))
                return AuthenticateResult.Fail("The session has ended.");
        }

        return AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(), Scheme));
    }
}
