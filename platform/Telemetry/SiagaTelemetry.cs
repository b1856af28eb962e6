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
using Siaga.Web;

namespace Siaga.Telemetry;

/// <summary>Traces and metrics by OpenTelemetry: every source and meter whose name begins with <c>Siaga.</c>, and HTTP on both sides.</summary>
public static class SiagaTelemetry
{
    private const string MetricsPath = "/metrics";

    /// <param name="services">The container.</param>
    /// <param name="configuration">Section <c>Telemetry</c>.</param>
    /// <param name="service">The service's name in traces, such as <c>siaga-ingestion</c>.</param>
    public static IServiceCollection AddSiagaTelemetry(this IServiceCollection services, IConfiguration configuration, string service)
    {
        services.AddStrictOptions<TelemetryOptions, TelemetryOptionsValidator>(configuration, TelemetryOptions.Section);
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
    public static void MapSiagaMetrics(this WebApplication app)
    {
        var token = app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value.MetricsToken;
        app.UseWhen(
            context => context.Request.Path.Equals(MetricsPath, StringComparison.Ordinal),
            branch => branch.Use((context, next) =>
            {
                if (MayRead(context, token))
                    return next(context);
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }));
        app.MapPrometheusScrapingEndpoint(MetricsPath).AllowAnonymous();
    }

    private static string Version =>
        typeof(SiagaTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>A probe that comes every few seconds, or a stream that stays for hours, says nothing as a trace.</summary>
    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/api/events", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/internal", StringComparison.Ordinal)
        && !context.Request.Path.Equals(MetricsPath, StringComparison.Ordinal);

    private static bool MayRead(HttpContext context, string? token)
    {
        if (context.Connection.RemoteIpAddress is { } address && IsNear(address))
            return true;
        return token is not null && context.Request.Headers.Authorization is [{ } given]
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {token}")));
    }

    /// <summary>The machine itself, or a private network (RFC 1918, RFC 4193, link-local).</summary>
    private static bool IsNear(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
            return true;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
            return plain.IsIPv6LinkLocal || plain.IsIPv6UniqueLocal;
        var bytes = plain.GetAddressBytes();
        return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254);
    }
}
