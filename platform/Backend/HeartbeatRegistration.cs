using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Siaga.Web;

namespace Siaga.Backend;

/// <summary>A service that reports every 15 seconds to the Backend that it is alive, and whether it is ready.</summary>
/// <param name="Service">The name in its <see cref="IReadiness"/>.</param>
/// <param name="Path">The Backend's route for it, such as <c>internal/workers/heartbeat</c>.</param>
/// <param name="Name">Distinguishes this process from others of the same service; at most 100 characters.</param>
public sealed record HeartbeatSource(string Service, string Path, string Name)
{
    /// <summary>The header that authenticates the service.</summary>
    public required (string Name, string Value) Credential { get; init; }

    /// <summary>When it last completed a piece of work; null for never.</summary>
    public Func<DateTimeOffset?> LastWorkAt { get; init; } = () => null;
}

public static class HeartbeatRegistration
{
    internal const string ClientName = "siaga-heartbeat-to-backend";

    /// <summary>The machine and process, so that two processes on one machine have different names.</summary>
    public static string ProcessName { get; } = MakeName();

    /// <param name="heart">Called after the settings are loaded.</param>
    public static IServiceCollection AddHeartbeat(this IServiceCollection services, Func<IServiceProvider, HeartbeatSource> heart)
    {
        // A Backend that hangs must not delay the next heartbeat.
        services.AddHttpClient(ClientName, client => client.Timeout = TimeSpan.FromSeconds(10));
        services.AddSingleton<IHostedService>(sp => ActivatorUtilities.CreateInstance<HeartbeatService>(sp, heart(sp)));
        return services;
    }

    private static string MakeName()
    {
        var machine = Environment.MachineName;
        return $"{(machine.Length > 80 ? machine[..80] : machine)}/{Environment.ProcessId}";
    }
}
