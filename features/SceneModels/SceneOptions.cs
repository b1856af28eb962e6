using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.SceneModels;

/// <summary>Section <c>Backend:Scenes</c>: when a camera has learned enough, and how many clips make a new version.</summary>
public sealed class SceneOptions
{
    public const string Section = "Backend:Scenes";

    /// <summary>Footage that a camera learns from before it raises alarms. Default 30 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan FootageNeeded { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Frames with motion that a camera learns from before it raises alarms. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int ActiveFramesNeeded { get; set; } = 1000;

    /// <summary>Clips per version while a camera learns. Default 4.</summary>
    [Range(1, 200)]
    public int ClipsAVersion { get; set; } = 4;

    /// <summary>Clips per version once it is ready. Default 60.</summary>
    [Range(1, 200)]
    public int ClipsAVersionWhenReady { get; set; } = 60;
}

[OptionsValidator]
internal sealed partial class SceneOptionsValidator : IValidateOptions<SceneOptions>;
