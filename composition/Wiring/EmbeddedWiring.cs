using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Siaga.BlobStorage;
using Siaga.BlobStorage.Files;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Messaging.Embedded;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Composition.Wiring;

/// <summary>Chooses storage and broker: today files and the embedded broker, in one data folder.</summary>
public static class EmbeddedWiring
{
    /// <summary>Storage and broker of a data folder, and the secrets that its services share.</summary>
    public static void AddEmbeddedWiring(this IServiceCollection services, IConfigurationManager configuration, DataFolder folder)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BackendAddress>();
        services.AddSingleton(new Topology(Routes.Bindings));
        services.AddSingleton(sp => new EmbeddedBroker(
            new EmbeddedBrokerOptions { Folder = folder.File("broker") },
            sp.GetRequiredService<Topology>(), sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<EmbeddedBroker>>()));
        services.AddSingleton<IMessageBroker>(sp => sp.GetRequiredService<EmbeddedBroker>());
        services.AddSingleton<IMessagePublisher>(sp => sp.GetRequiredService<EmbeddedBroker>());
        services.AddSingleton(sp => new FileBlobStorage(
            new FileBlobOptions
            {
                Folder = configuration["Storage:Folder"] ?? folder.File("clips"),
                SigningKey = Convert.FromBase64String(folder.Secret("links.key")),
                MinimumFreeBytes = configuration.GetValue("Storage:MinimumFreeBytes", 256L << 20),
            },
            sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IBlobStorage>(sp => sp.GetRequiredService<FileBlobStorage>());
        services.AddSingleton<IFailureMapper, StorageFailures>();
        SetDefaults(configuration, folder);
    }

    /// <summary>The signed links to clips, which lead to this process.</summary>
    public static void MapEmbeddedWiring(this WebApplication app) => app.MapSignedFiles();

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
