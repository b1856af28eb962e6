using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Siaga.Web;

namespace Siaga.Backend;

/// <summary>A service that reports every 15 seconds to the Backend that it is alive, and whether it is ready.</summary>
/// <param name="Service">The name of its <see cref="IReadiness"/> and of its <see cref="BackendClient"/>.</param>
/// <param name="Path">The Backend's route for it, such as <c>internal/workers/heartbeat</c>.</param>
/// <param name="Name">Distinguishes this process from others of the same service; at most 100 characters.</param>
public sealed record HeartbeatSource(string Service, string Path, string Name)
{
    /// <summary>When it last completed a piece of work; null for never.</summary>
    public Func<DateTimeOffset?> LastWorkAt { get; init; } = () => null;
}

public static class HeartbeatRegistration
{
    /// <summary>The machine and process, so that two processes on one machine have different names.</summary>
    public static string ProcessName { get; } = MakeName();

    /// <param name="source">Called after the settings are loaded.</param>
    public static IServiceCollection AddHeartbeat(this IServiceCollection services, Func<IServiceProvider, HeartbeatSource> source) =>
        services.AddSingleton<IHostedService>(sp =>
        {
            var heart = source(sp);
            return ActivatorUtilities.CreateInstance<HeartbeatService>(sp, heart, sp.GetRequiredKeyedService<BackendClient>(heart.Service));
        });

    private static string MakeName()
    {
        var machine = Environment.MachineName;
        return $"{(machine.Length > 80 ? machine[..80] : machine)}/{Environment.ProcessId}";
    }
}
