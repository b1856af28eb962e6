using Microsoft.Extensions.Configuration;

namespace Siaga.Composition.Wiring;

/// <summary>A key or token that several services share.</summary>
/// <param name="Setting">Contains it; with <c>File</c> appended it contains the path of a file with it.</param>
/// <param name="FileName">Its file in <c>secrets/</c> of a data folder.</param>
/// <param name="Users">The services that use it.</param>
internal sealed record SharedSecret(string Setting, string FileName, IReadOnlyList<string> Users)
{
    public static IReadOnlyList<SharedSecret> All { get; } =
    [
        // Ingestion shows a clip's state to people, so it checks their tokens.
        new("Auth:SigningKey", "signing.key", ["backend", "ingestion"]),
        new("ServiceTokens:Worker", "worker.token", ["backend", "worker"]),
        new("ServiceTokens:Ingestion", "ingestion.token", ["backend", "ingestion"]),
    ];

    public string FileSetting => Setting + "File";

    /// <summary>
    /// Where this process gets the secret. Services of one data folder find it there. Services with a database or
    /// broker on a server may each have a data folder of their own, and a secret that one of them generates would
    /// be refused by the others: it must be configured, unless all services that use it run in this process.
    /// </summary>
    /// <param name="services">Those that run in this process.</param>
    /// <param name="configuration">The settings of this process.</param>
    public SecretSource SourceFor(IReadOnlyCollection<string> services, IConfiguration configuration)
    {
        if (!Users.Any(services.Contains))
            return SecretSource.NotUsed;
        if (!string.IsNullOrEmpty(configuration[Setting]) || !string.IsNullOrEmpty(configuration[FileSetting]))
            return SecretSource.Setting;
        return IsOnServers(configuration) && !Users.All(services.Contains) ? SecretSource.Missing : SecretSource.DataFolder;
    }

    private static bool IsOnServers(IConfiguration configuration) =>
        Is(configuration["Database:Engine"], DatabaseKind.Postgres) || Is(configuration["Messaging:Broker"], BrokerKind.RabbitMq);

    private static bool Is<T>(string? setting, T kind)
        where T : struct, Enum => Enum.TryParse<T>(setting, ignoreCase: true, out var set) && EqualityComparer<T>.Default.Equals(set, kind);
}

/// <summary>Where a process gets a shared secret.</summary>
internal enum SecretSource
{
    /// <summary>No service of this process uses it.</summary>
    NotUsed,

    /// <summary>It is configured.</summary>
    Setting,

    /// <summary>From <c>secrets/</c> of the data folder, generated at first use.</summary>
    DataFolder,

    /// <summary>Nowhere: the start is refused.</summary>
    Missing,
}
