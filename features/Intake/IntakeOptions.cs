using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Intake;

/// <summary>Section <c>Ingestion</c>: settings of uploads.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Ingestion";

    /// <summary>The largest clip; a larger one is refused with 413 before it is read whole. Bytes; default 512 MiB.</summary>
    [Range(1, 1L << 40)]
    public long MaxClipBytes { get; set; } = 512L << 20;

    /// <summary>How far a camera's clock may be ahead; a later capture time is refused. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxClockAhead { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The shortest time between two calls that fetch changed camera keys from the Backend, which answers when there are some: a revocation
    /// usually takes no longer; one whose announcement is lost takes 8 seconds more. Also how often the use of keys is reported. Default
    /// 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan KeyRefresh { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Address of the Backend. Default: this process if the Backend runs in it, otherwise <c>http://127.0.0.1:8080</c>.</summary>
    public Uri? BackendUrl { get; set; }
}

[OptionsValidator]
internal sealed partial class IntakeOptionsValidator : IValidateOptions<IntakeOptions>;
