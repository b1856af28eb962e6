using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Analysis;

/// <summary>Settings of the Worker: section <c>Worker</c>.</summary>
public sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>The Keras model file; its manifest stands beside it.</summary>
    [Required(ErrorMessage = "Worker:Model names the model file (.h5), and is missing.")]
    public string Model { get; set; } = "";

    /// <summary>Clips at once. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Where the Backend answers. Default: this process's own address, where the Backend runs in it.</summary>
    public Uri? BackendUrl { get; set; }
}

[OptionsValidator]
internal sealed partial class WorkerOptionsValidator : IValidateOptions<WorkerOptions>;
