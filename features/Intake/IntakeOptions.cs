using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Intake;

/// <summary>Settings of the upload door: section <c>Ingestion</c>.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Ingestion";

    /// <summary>A larger clip is refused with 413 before it is read whole. Bytes; default 512 MiB.</summary>
    [Range(1, 1L << 40)]
    public long MaxClipBytes { get; set; } = 512L << 20;

    /// <summary>How far ahead a camera's clock may be; a later capture time is refused. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxClockAhead { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often changes of camera keys are fetched from the Backend; a revocation takes this long at most. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan KeyRefresh { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Where the Backend answers. Default: this process's own address, where the Backend runs in it.</summary>
    public Uri? BackendUrl { get; set; }
}

[OptionsValidator]
internal sealed partial class IntakeOptionsValidator : IValidateOptions<IntakeOptions>;
