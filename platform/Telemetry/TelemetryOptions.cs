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
    /// Who shows this as a bearer token may read <c>/metrics</c> from anywhere. Without it, and beside it, addresses of the machine itself
    /// and of private networks may.
    /// </summary>
    [MinLength(16, ErrorMessage = "Telemetry:MetricsToken has at least 16 characters.")]
    public string? MetricsToken { get; set; }

    /// <summary>The share of requests that are traced, 0 to 1. Default 1. A trace is kept or left whole, across all services.</summary>
    [Range(0.0, 1.0)]
    public double TraceShare { get; set; } = 1;
}

[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
