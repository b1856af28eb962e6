using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Siaga.Backend;
using Siaga.Web;

namespace Siaga.Analysis;

/// <summary>Settings of the Worker: section <c>Worker</c>.</summary>
public sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>The Keras model file, with its manifest beside it. Default none: only the scene detector runs.</summary>
    public string? Model { get; set; }

    /// <summary>Whether the scene detector scores every clip and learns from it. Default true.</summary>
    public bool Scene { get; set; } = true;

    /// <summary>
    /// Whether clips are checked for covered lenses: three seconds or more without content. A finding is recorded with the analysis and
    /// raises no alarm. Default false.
    /// </summary>
    public bool BlackPicture { get; set; }

    /// <summary>Number of clips analysed at once. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>
    /// How often a clip may crash the process that analyses it before it becomes a dead letter: a clip that crashes a decoder must not take
    /// down worker after worker. Default 10, so that frequent restarts of workers do not lose the clips they were analysing.
    /// </summary>
    [Range(1, 100)]
    public int MaxDeaths { get; set; } = 10;

    /// <summary>Time limit for making a copy that browsers play. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CopyTimeLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The parent folder for clips while they are analysed, each worker in a folder of its own. Workers may share it. Created when missing.
    /// Default: the system's temporary folder.
    /// </summary>
    public string? ScratchFolder { get; set; }

    /// <summary>The worker's name in reports and in the list of workers. Default: the machine's name and the process id.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string Name { get; set; } = HeartbeatRegistration.ProcessName;

    /// <summary>The Backend's address. Default: this process's own address, when the Backend runs in it.</summary>
    public Uri? BackendUrl { get; set; }
}

[OptionsValidator]
internal sealed partial class WorkerOptionsValidator : IValidateOptions<WorkerOptions>;

/// <summary>Startup fails when no detector is configured.</summary>
internal sealed class DetectorRequiredValidator : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options) => options.Scene || !string.IsNullOrEmpty(options.Model)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail("Worker:Model names no model file (.h5) and Worker:Scene is off: the worker would have no detector.");
}
