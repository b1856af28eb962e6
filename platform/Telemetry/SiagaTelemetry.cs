using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Telemetry;

/// <summary>
/// OpenTelemetry traces and metrics: every source and meter whose name starts with <c>Siaga.</c>, and HTTP clients and servers.
/// </summary>
public static class SiagaTelemetry
{
    private const string MetricsPath = "/metrics";
    private const string BearerPrefix = "Bearer ";

    /// <param name="configuration">Holds the section <c>Telemetry</c>.</param>
    /// <param name="service">The service's name in traces, such as <c>siaga-ingestion</c>.</param>
    public static IServiceCollection AddSiagaTelemetry(this IServiceCollection services, IConfiguration configuration, string service)
    {
        services.AddStrictOptions<TelemetryOptions, TelemetryOptionsValidator>(configuration, TelemetryOptions.Section);
        services.AddSingleton<IPostConfigureOptions<TelemetryOptions>, MetricsTokenFile>();
        var options = new TelemetryOptions();
        configuration.GetSection(TelemetryOptions.Section).Bind(options);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceVersion: Version))
            .WithTracing(traces => traces
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(Math.Clamp(options.TraceShare, 0, 1))))
                .AddSource("Siaga.*")
                .AddAspNetCoreInstrumentation(http => http.Filter = IsWorthATrace)
                .AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics
                .AddMeter("Siaga.*")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddPrometheusExporter());
        if (options.OtlpEndpoint is { } endpoint)
            telemetry.UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, endpoint);
        return services;
    }

    /// <summary>Maps <c>/metrics</c> for Prometheus.</summary>
    /// <remarks>
    /// With a token set, a request without it gets 401: Prometheus shows that in its list of targets, whereas 404 would make its operator
    /// look for a wrong path. Without a token, requests from outside private networks get 404.
    /// </remarks>
    public static void MapSiagaMetrics(this WebApplication app)
    {
        var token = app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value.MetricsToken;
        app.UseWhen(
            context => context.Request.Path.Equals(MetricsPath, StringComparison.Ordinal),
            branch => branch.Use(
                (context, next) => token is null ? ServeNearAsync(context, next) : ServeHolderAsync(context, next, token)));
        app.MapPrometheusScrapingEndpoint(MetricsPath).AllowAnonymous();
    }

    private static string Version =>
        typeof(SiagaTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Leaves out probes that come every few seconds and streams that stay open for hours.</summary>
    internal static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/api/events", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/internal", StringComparison.Ordinal)
        && !context.Request.Path.Equals(MetricsPath, StringComparison.Ordinal);

    private static Task ServeNearAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Connection.RemoteIpAddress is { } address && IsNear(address))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task ServeHolderAsync(HttpContext context, RequestDelegate next, string token)
    {
        if (context.Request.Headers.Authorization is [{ } given] && IsBearer(given, token))
            return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(
            context,
            new Error(ErrorKind.Unauthenticated, "unauthenticated", "The metrics require Telemetry:MetricsToken as the bearer token."));
    }

    // Hashing first makes the time of the comparison independent of length and content.
    internal static bool IsBearer(string given, string token) => given.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given[BearerPrefix.Length..].Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>True for this machine and private networks (RFC 1918, RFC 4193, link-local).</summary>
    internal static bool IsNear(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
            return true;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
            return plain.IsIPv6LinkLocal || plain.IsIPv6UniqueLocal;
        var bytes = plain.GetAddressBytes();
        return bytes[0] == 10
            || (bytes[0] == 172 && bytes[1] is >= 16 and < 32)
            || (bytes[0] == 192 && bytes[1] == 168)
            || (bytes[0] == 169 && bytes[1] == 254);
    }
}
