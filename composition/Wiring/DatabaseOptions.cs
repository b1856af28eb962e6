using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Siaga.Database.Postgres;

namespace Siaga.Composition.Wiring;

/// <summary>The engine of the services' databases.</summary>
public enum DatabaseKind
{
    /// <summary>A file per service, in the data folder.</summary>
    Sqlite,

    /// <summary>A database per service, on a server.</summary>
    Postgres,
}

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>Default <c>sqlite</c>.</summary>
    public DatabaseKind Engine { get; set; }

    /// <summary>The Backend's database on PostgreSQL, such as <c>Host=db;Database=siaga_backend;Username=siaga</c>.</summary>
    public string? Backend { get; set; }

    /// <summary>Ingestion's database on PostgreSQL; it must not be the Backend's.</summary>
    public string? Ingestion { get; set; }

    /// <summary>A file with the password, if the connection strings have none.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Most connections of a process to one database. Default 50.</summary>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 50;

    /// <summary>A statement that takes longer is cancelled and answered with 503. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Migrates outdated databases to the current schema at a start. Otherwise
    /// such a start is refused until <c>siaga migrate</c> has run. Default true.
    /// </summary>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>How long a start waits for a server that does not answer yet, before it is refused. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan WaitAtStart { get; set; } = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidOperationException">The database is not configured.</exception>
    internal PostgresOptions PostgresOf(string service)
    {
        var (name, connection) = service == "backend" ? (nameof(Backend), Backend) : (nameof(Ingestion), Ingestion);
        if (string.IsNullOrEmpty(connection))
        {
            throw new InvalidOperationException(
                $"Database:{name} must name the PostgreSQL database, such as Host=db;Database=siaga_{service};Username=siaga.");
        }

        return new PostgresOptions
        {
            ConnectionString = connection,
            Password = SecretSetting.Read(null, PasswordFile),
            MaxConnections = MaxConnections,
            StatementTimeout = StatementTimeout,
        };
    }
}

[OptionsValidator]
internal sealed partial class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>;

/// <summary>Refuses one database for two services: each would take the other's tables for its own.</summary>
internal sealed class SeparateDatabases : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options) =>
        options.Backend is { Length: > 0 } backend && string.Equals(backend, options.Ingestion, StringComparison.OrdinalIgnoreCase)
            ? ValidateOptionsResult.Fail("Database:Backend and Database:Ingestion name the same database; each service needs its own.")
            : ValidateOptionsResult.Success;
}
