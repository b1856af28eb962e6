using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>Section <c>Watchdog</c>: a process that hangs ends itself, so that whatever started it starts it again.</summary>
public sealed class WatchdogOptions
{
    public const string Section = "Watchdog";

    /// <summary>
    /// Default: on, except at a terminal and in Kubernetes. A service manager or a container engine restarts a process that has ended,
    /// and nothing else helps one that hangs. A person at a terminal notices and may want to investigate; Kubernetes has its own probes.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>How often the process asks itself, and how long it waits for an answer. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many answers in a row must be missing. Default 12: three minutes.</summary>
    [Range(2, 10_000)]
    public int Failures { get; set; } = 12;

    /// <param name="isAtTerminal">True if a person reads standard error.</param>
    /// <param name="isInKubernetes">True if Kubernetes runs this process.</param>
    public bool IsOn(bool isAtTerminal, bool isInKubernetes) => Enabled ?? !(isAtTerminal || isInKubernetes);
}

[OptionsValidator]
internal sealed partial class WatchdogOptionsValidator : IValidateOptions<WatchdogOptions>;
