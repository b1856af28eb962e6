using System.Net;
using Microsoft.AspNetCore.Http;

namespace Siaga.Web;

/// <summary>Sends plain HTTP to HTTPS, and has browsers remember it. For <c>Web:RequireHttps</c>.</summary>
internal sealed class HttpsOnly(RequestDelegate next, PublicUrls urls)
{
    // A year, as the preload lists ask for.
    private const string Remember = "max-age=31536000";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps)
        {
            context.Response.Headers.StrictTransportSecurity = Remember;
            return next(context);
        }

        if (StaysHere(context) || context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal))
            return next(context);

        // 308 keeps method and body.
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = urls.SecureBaseOf(context) + context.Request.PathBase + context.Request.Path + context.Request.QueryString;
        return Task.CompletedTask;
    }

    /// <summary>Another service of this machine, with no proxy between: nothing crosses a network.</summary>
    private static bool StaysHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("X-Forwarded-Proto");
}
