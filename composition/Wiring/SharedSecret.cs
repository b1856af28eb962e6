using Microsoft.Extensions.Configuration;

namespace Siaga.Composition.Wiring;

/// <summary>A key or token that services have in common: each of them needs the same one.</summary>
/// <param name="Setting">Holds it; with <c>File</c> after its name it holds the path of a file with it.</param>
/// <param name="FileName">Its file in <c>secrets/</c> of a data folder.</param>
/// <param name="Users">The services that use it.</param>
internal sealed record SharedSecret(string Setting, string FileName, IReadOnlyList<string> Users)
{
    public static IReadOnlyList<SharedSecret> All { get; } =
    [
        // Ingestion shows a clip's state to people, so it reads their tokens.
        new("Auth:SigningKey", "signing.key", ["backend", "ingestion"]),
        new("ServiceTokens:Worker", "worker.token", ["backend", "worker"]),
        new("ServiceTokens:Ingestion", "ingestion.token", ["backend", "ingestion"]),
    ];

    public string FileSetting => Setting + "File";

    /// <summary>
    /// What becomes of it in this process. Services in one data folder find it there. Services on servers may each have a data folder of
    /// their own, and one that makes its own secret would be refused by the others: it has to be given, unless all who use it run in this
    /// process.
    /// </summary>
    /// <param name="services">Those that run in this process.</param>
    /// <param name="configuration">What is set.</param>
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

/// <summary>Where a process gets a shared secret from.</summary>
internal enum SecretSource
{
    /// <summary>No service of this process uses it.</summary>
    NotUsed,

    /// <summary>It is set.</summary>
    Setting,

    /// <summary>From <c>secrets/</c> of the data folder, where it is made at first use.</summary>
    DataFolder,

    /// <summary>Nowhere: the start is refused.</summary>
    Missing,
}
