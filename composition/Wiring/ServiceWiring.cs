using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Siaga.Backend;
using Siaga.Web;

namespace Siaga.Composition.Wiring;

/// <summary>What every service needs: storage and broker as configured, and the secrets that services share.</summary>
internal static class ServiceWiring
{
    public static void AddServiceWiring(this IServiceCollection services, IConfigurationManager configuration, DataFolder folder)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BackendAddress>();
        services.AddBroker(configuration, folder);
        services.AddStorage(configuration, folder);
    }

    /// <summary>Serves links to clips from this process, if the storage has no address of its own.</summary>
    public static void MapServiceWiring(this WebApplication app) => app.MapStorage();

    /// <summary>
    /// Adds the secrets of services that are about to run: as configured, from the data folder, or the start is
    /// refused. A command that only reads their data does not call this: it neither needs nor generates any.
    /// </summary>
    public static void AddSharedSecrets(
        this IServiceCollection services, IConfigurationManager configuration, DataFolder folder, IReadOnlyCollection<string> running)
    {
        var sources = SharedSecret.All.ToLookup(secret => secret.SourceFor(running, configuration));
        configuration.AddInMemoryCollection(sources[SecretSource.DataFolder].ToDictionary(
            secret => secret.Setting,
            string? (secret) => folder.Secrets.GetOrMake(secret.FileName, SecretFiles.NewKey),
            StringComparer.Ordinal));
        if (sources[SecretSource.Missing].ToList() is { Count: > 0 } missing)
            services.AddSingleton<IValidateOptions<ServiceTokenOptions>>(new MissingSecrets(missing, folder.Secrets));
    }
}
