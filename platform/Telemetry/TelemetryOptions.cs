using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Telemetry;

/// <summary>Section <c>Telemetry</c>: who may see how the service does.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Where traces and metrics are sent by OTLP over gRPC, such as <c>http://collector:4317</c>. Default: nowhere.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>
    /// Whoever reads <c>/metrics</c> has to show this as a bearer token, wherever they come from. Default none: then addresses of the
    /// machine itself and of private networks may read it.
    /// </summary>
    [MinLength(16, ErrorMessage = "Telemetry:MetricsToken (or the file of MetricsTokenFile) has at least 16 characters.")]
    public string? MetricsToken { get; set; }

    /// <summary>A file that holds it instead.</summary>
    public string? MetricsTokenFile { get; set; }

    /// <summary>The share of requests that are traced, 0 to 1. Default 1. A trace is kept or left whole, across all services.</summary>
    [Range(0.0, 1.0)]
    public double TraceShare { get; set; } = 1;
}

/// <summary>Reads the token where it is kept in a file.</summary>
internal sealed class MetricsTokenFile : IPostConfigureOptions<TelemetryOptions>
{
    public void PostConfigure(string? name, TelemetryOptions options)
    {
        if (string.IsNullOrEmpty(options.MetricsTokenFile))
            return;
        if (!string.IsNullOrEmpty(options.MetricsToken))
            throw new InvalidOperationException("Telemetry:MetricsToken and Telemetry:MetricsTokenFile are both set; keep one.");

        // An empty file is refused as a token that is too short: it must not open what it was meant to close.
        options.MetricsToken = File.ReadAllText(options.MetricsTokenFile).Trim();
    }
}

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
