using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>
/// Signs in with e-mail and password, as JSON or as a form. A wrong password and an unknown e-mail get the same answer after the same time.
/// </summary>
internal static partial class LogIn
{
    private const int MaxPasswordLength = 1024;

    private static readonly Error s_pending = new(ErrorKind.Forbidden, "approval_pending", "This account waits for an admin's approval.");

    private static readonly Error s_refused = new(ErrorKind.Unauthenticated, "login_refused", "The e-mail or the password is wrong.");

    internal static LogInResponse Example { get; } = new(
        "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjo3fQ.c2lnbmF0dXJl", "q3pX0-Jb5yQ", ListUsers.Example.CreatedAt.AddDays(1), ListUsers.Example);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/login", HandleAsync).AllowAnonymous().HoldsSecret()
        .Describe("Sign-in", "Sign in", "Failed sign-ins are counted by account and address; too many of them must wait (429).")
        .TakesAs(
            new LogInRequest("budi@siaga.example", "a long password of my own"),
            "application/json", "application/x-www-form-urlencoded", "multipart/form-data")
        .Answers(200, Example, "Signed in.")
        .Fails(400, "login_incomplete").Fails(401, "login_refused").Fails(403, "approval_pending").Fails(429, "too_many_logins");

    private static async Task<IResult> HandleAsync(HttpContext context, CompanyScope scope, SignIn signIn, LoginLimiter limiter)
    {
        scope.SetAll("login");
        var credentials = await ReadAsync(context);
        if (!credentials.IsOk)
            return credentials.Error.ToProblem();
        var (email, password) = credentials.Value;
        var address = LoginLimiter.AddressOf(context);
        if (limiter.Begin(context, email, address) is { } wait)
            return wait.ToProblem();
        var signedIn = await signIn.RunAsync(email, password, address, context.RequestAborted);
        if (!signedIn.IsOk)
        {
            if (signedIn.Error.Kind == ErrorKind.TooMany)
                context.Response.Headers.RetryAfter = "1";
            return signedIn.Error.ToProblem();
        }

        limiter.Succeeded(email, address);
        return TypedResults.Ok(signedIn.Value);
    }

    private static async Task<Result<(string Email, string Password)>> ReadAsync(HttpContext context)
    {
        string? email = null, password = null;
        if (context.Request.HasFormContentType)
        {
            var form = await ReadFormAsync(context);
            email = form["email"] is [{ } e] ? e : null;
            password = form["password"] is [{ } p] ? p : null;
        }
        else if (context.Request.HasJsonContentType())
        {
            using var body = await ParseAsync(context);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                email = Text(body.RootElement, "email");
                password = Text(body.RootElement, "password");
            }
        }
        else
        {
            return new Error(ErrorKind.Unsupported, "unsupported_media_type", "Send JSON or a form.");
        }

        if (string.IsNullOrWhiteSpace(email) || string.IsNullOrEmpty(password)
            || password.Length > MaxPasswordLength || email.Length > MaxPasswordLength)
            return new Error(ErrorKind.Invalid, "login_incomplete", "'email' and 'password' are required, as text.");
        return (Emails.Normalise(email), password);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            // The parts of the form end in the wrong place, or not at all.
            throw new BadHttpRequestException("The form cannot be read.", e);
        }
    }

    private static async Task<JsonDocument> ParseAsync(HttpContext context)
    {
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 8 }, context.RequestAborted);
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("malformed", e);
        }
    }

    private static string? Text(JsonElement body, string name)
    {
        try
        {
            return body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // The parser accepts an escaped lone surrogate; GetString does not.
            return null;
        }
    }

    internal sealed partial class SignIn(BackendDb db, Passwords passwords, Sessions sessions, IAuditLog audit, ILogger<SignIn> logger)
    {
        public async Task<Result<LogInResponse>> RunAsync(
            string email, string password, string address, CancellationToken cancellationToken)
        {
            var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Email == email && u.DeletedAt == null, cancellationToken);
            if (await passwords.VerifyAsync(user, password, address, cancellationToken) is not { } right)
                return LoginLimiter.TooMany;
            if (!right || user is null || user.Pending)
            {
                LogRefused(user?.Id);
                audit.Record(user?.PublicCompanyId ?? 0, "login.refused", user is null ? "users/unknown" : $"users/{user.Id}");
                await db.SaveChangesAsync(cancellationToken);
                return right ? s_pending : s_refused;
            }

            audit.Record(user.PublicCompanyId, "login.succeeded", $"users/{user.Id}");

            var pair = await sessions.BeginAsync(user, cancellationToken);
            return new LogInResponse(pair.Token, pair.RefreshToken, pair.ExpiresAt, ListUsers.ItemOf(user));
        }

        [LoggerMessage(2001, LogLevel.Warning, "A sign-in was refused (user {UserId})")]
        private partial void LogRefused(long? userId);
    }
}
