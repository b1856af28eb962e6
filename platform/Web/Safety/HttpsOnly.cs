using System.Net;
using Microsoft.AspNetCore.Http;

namespace Siaga.Web;

/// <summary>Redirects HTTP to HTTPS and sends Strict-Transport-Security. For <c>Web:RequireHttps</c>.</summary>
internal sealed class HttpsOnly(RequestDelegate next, PublicUrls urls)
{
    // One year, as browsers' preload lists require.
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

        // 308 preserves method and body.
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = urls.SecureBaseOf(context) + context.Request.PathBase + context.Request.Path
            + context.Request.QueryString;
        return Task.CompletedTask;
    }

    /// <summary>True for another service on this machine without a proxy in between: nothing crosses a network.</summary>
    private static bool StaysHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("X-Forwarded-Proto");
}
