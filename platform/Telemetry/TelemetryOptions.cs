using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Telemetry;

/// <summary>Section <c>Telemetry</c>: traces, metrics, and who may read them.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>The OTLP/gRPC endpoint for traces and metrics, such as <c>http://collector:4317</c>. Default: nothing is sent.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>
    /// The bearer token required to read <c>/metrics</c>, from any address. Default none: then this machine and private networks may read
    /// it without a token.
    /// </summary>
    [MinLength(16, ErrorMessage = "Telemetry:MetricsToken (or the file of MetricsTokenFile) must have at least 16 characters.")]
    public string? MetricsToken { get; set; }

    /// <summary>A file that holds the token instead.</summary>
    public string? MetricsTokenFile { get; set; }

    /// <summary>The share of requests that are traced, 0 to 1. Default 1. A trace is sampled as a whole, across all services.</summary>
    [Range(0.0, 1.0)]
    public double TraceShare { get; set; } = 1;
}

/// <summary>Reads the token from its file.</summary>
internal sealed class MetricsTokenFile : IPostConfigureOptions<TelemetryOptions>
{
    public void PostConfigure(string? name, TelemetryOptions options)
    {
        if (string.IsNullOrEmpty(options.MetricsTokenFile))
            return;
        if (!string.IsNullOrEmpty(options.MetricsToken))
            throw new InvalidOperationException("Telemetry:MetricsToken and Telemetry:MetricsTokenFile are both set; keep one.");

        // An empty file becomes a token that is too short and fails validation: it must not open the endpoint to everyone.
        options.MetricsToken = File.ReadAllText(options.MetricsTokenFile).Trim();
    }
}

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
