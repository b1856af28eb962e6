using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Siaga.Web;

namespace Siaga.Composition.Wiring;

/// <summary>What every service stands on: storage and broker as the settings say, and the secrets of the data folder.</summary>
internal static class ServiceWiring
{
    public static void AddServiceWiring(this IServiceCollection services, IConfigurationManager configuration, DataFolder folder)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BackendAddress>();
        services.AddBroker(configuration, folder);
        services.AddStorage(configuration, folder);
        SetDefaults(configuration, folder);
    }

    /// <summary>Links to clips that lead to this process, where the storage has no address of its own.</summary>
    public static void MapServiceWiring(this WebApplication app) => app.MapStorage();

    /// <summary>What the folder's own secrets answer where no setting does.</summary>
    private static void SetDefaults(IConfigurationManager configuration, DataFolder folder)
    {
        var defaults = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (configuration["Auth:SigningKey"] is null && configuration["Auth:SigningKeyFile"] is null)
            defaults["Auth:SigningKey"] = folder.Secret("signing.key");
        foreach (var (setting, secret) in ((string, string)[])[("ServiceTokens:Worker", "worker.token"), ("ServiceTokens:Ingestion", "ingestion.token")])
        {
            if (configuration[setting] is null && configuration[setting + "File"] is null)
                defaults[setting] = folder.Secret(secret);
        }
        configuration.AddInMemoryCollection(defaults);
    }
}
