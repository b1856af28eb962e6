using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Siaga.Backend;
using Siaga.Web;

namespace Siaga.Analysis;

/// <summary>Settings of the Worker: section <c>Worker</c>.</summary>
public sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>The Keras model file; its manifest stands beside it. Default none: the scene detector looks alone.</summary>
    public string? Model { get; set; }

    /// <summary>The scene detector looks at every clip and learns from it. Default true.</summary>
    public bool Scene { get; set; } = true;

    /// <summary>
    /// Clips are looked through for covered lenses: three seconds and more without content. What is found is recorded with the analysis and raises no alarm.
    /// Default false.
    /// </summary>
    public bool BlackPicture { get; set; }

    /// <summary>Clips at once. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>
    /// How often a clip may end the process that has it in hand, before it becomes a dead letter: one on which a decoder crashes must not take down
    /// worker after worker. Default 10, since whoever kills or moves workers often must not lose what they had in hand.
    /// </summary>
    [Range(1, 100)]
    public int MaxDeaths { get; set; } = 10;

    /// <summary>How long making a copy that browsers play may take. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CopyTimeLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Clips lie here while they are analysed, in a folder of this process. Workers may share it. Made when missing; default: the system's
    /// temporary folder.
    /// </summary>
    public string? ScratchFolder { get; set; }

    /// <summary>What it calls itself in reports and in the list of workers. Default: the machine's name and the process's number.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string Name { get; set; } = HeartbeatRegistration.ProcessName;

    /// <summary>Where the Backend answers. Default: this process's own address, where the Backend runs in it.</summary>
    public Uri? BackendUrl { get; set; }
}

[OptionsValidator]
internal sealed partial class WorkerOptionsValidator : IValidateOptions<WorkerOptions>;

/// <summary>Somebody has to look at the clips.</summary>
internal sealed class DetectorRequiredValidator : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options) => options.Scene || !string.IsNullOrEmpty(options.Model)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail("Worker:Model names no model file (.h5) and Worker:Scene is off: nothing would look at the clips.");
}
