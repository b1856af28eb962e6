using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Siaga.Web;

namespace Siaga.Backend;

/// <summary>A service that tells the Backend every 15 seconds that it lives, and whether it is ready.</summary>
/// <param name="Service">As its <see cref="IReadiness"/> says.</param>
/// <param name="Path">Where the Backend hears it, such as <c>internal/workers/heartbeat</c>.</param>
/// <param name="Name">What tells this process from others of the service; at most 100 characters.</param>
public sealed record HeartbeatSource(string Service, string Path, string Name)
{
    /// <summary>The header that proves who it is.</summary>
    public required (string Name, string Value) Credential { get; init; }

    /// <summary>When it last finished something; null: not yet.</summary>
    public Func<DateTimeOffset?> LastWorkAt { get; init; } = () => null;
}

public static class HeartbeatRegistration
{
    internal const string ClientName = "siaga-heartbeat-to-backend";

    /// <summary>Where a process runs and which it is there: two on one machine are two.</summary>
    public static string ProcessName { get; } = MakeName();

    /// <param name="services">The service's container.</param>
    /// <param name="heart">Made once the settings are known.</param>
    public static IServiceCollection AddHeartbeat(this IServiceCollection services, Func<IServiceProvider, HeartbeatSource> heart)
    {
        // A Backend that hangs must not keep the next word from being said.
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
