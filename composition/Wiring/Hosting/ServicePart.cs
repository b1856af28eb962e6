using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>A service as a host needs it, alone in its process or with others.</summary>
/// <param name="Name"><c>backend</c>, <c>ingestion</c> or <c>worker</c>.</param>
/// <param name="Port">Its default port when it is alone.</param>
public sealed record ServicePart(string Name, int Port)
{
    /// <summary>Adds the service.</summary>
    public required Action<IServiceCollection, IConfiguration> Add { get; init; }

    /// <summary>Adds its database; null: it has none. A service with a database runs once per data folder.</summary>
    public Action<IServiceCollection, IConfiguration, DataFolder>? AddDatabase { get; init; }

    /// <summary>Maps its endpoints.</summary>
    public Action<WebApplication> Map { get; init; } = _ => { };

    /// <summary>Throws if the service cannot run, before any service has changed anything.</summary>
    public Action<IServiceProvider, IConfiguration> Verify { get; init; } = (_, _) => { };

    /// <summary>Runs after the migrations and before the host listens.</summary>
    public Func<IServiceProvider, DataFolder, Task> Prepare { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>The setting with the address of a Backend in another process; null: this is the Backend.</summary>
    public string? BackendUrlSetting { get; init; }
}

/// <param name="Folder">The data folder.</param>
/// <param name="Bind">The address on which it listens.</param>
/// <param name="Port">0: a free one.</param>
/// <param name="Json">True: it prints where it listens as a line of JSON on standard output.</param>
/// <param name="ConfigFile">A file of settings as JSON, which must exist if it is named; null: <c>siaga.json</c>, if it exists.</param>
/// <param name="Settings">Settings of the command line; they win over file and environment.</param>
public sealed record HostSettings(
    string Folder, string Bind, int Port, bool Json, string? ConfigFile, IReadOnlyDictionary<string, string?> Settings);
