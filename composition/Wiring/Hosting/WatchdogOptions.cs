using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>Section <c>Watchdog</c>: a process that hangs ends itself, so that what started it starts it anew.</summary>
public sealed class WatchdogOptions
{
    public const string Section = "Watchdog";

    /// <summary>
    /// Default: on, except at a terminal and in Kubernetes. A service manager or a container engine restarts what has ended, and nothing
    /// else helps a process that hangs. A person at a terminal sees it and may want to look into it; Kubernetes asks by its own probes.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>How often the process asks itself, and how long it waits for an answer. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many answers in a row have to be missing. Default 12: three minutes.</summary>
    [Range(2, 10_000)]
    public int Failures { get; set; } = 12;

    /// <param name="isAtTerminal">Whether a person reads standard error.</param>
    /// <param name="isInKubernetes">Whether Kubernetes runs this process.</param>
    public bool IsOn(bool isAtTerminal, bool isInKubernetes) => Enabled ?? !(isAtTerminal || isInKubernetes);
}

[OptionsValidator]
internal sealed partial class WatchdogOptionsValidator : IValidateOptions<WatchdogOptions>;
