using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Siaga.Database.Postgres;

namespace Siaga.Composition.Wiring;

/// <summary>Which engine keeps the services' databases.</summary>
public enum DatabaseKind
{
    /// <summary>A file a service, in the data folder.</summary>
    Sqlite,

    /// <summary>A database a service, on a server.</summary>
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

    /// <summary>Ingestion's database on PostgreSQL; another one than the Backend's.</summary>
    public string? Ingestion { get; set; }

    /// <summary>A file with the password, where the connection strings have none.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Connections at once, of a process to one database. Default 50.</summary>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 50;

    /// <summary>A statement that takes longer is given up and answered 503. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bring the databases to the newest form at a start; otherwise a start is refused until <c>siaga migrate</c> did. Default true.</summary>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>How long a start waits for a server that does not answer yet, before it is refused. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan WaitAtStart { get; set; } = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidOperationException">The database is not named.</exception>
    internal PostgresOptions PostgresOf(string service)
    {
        var (name, connection) = service == "backend" ? (nameof(Backend), Backend) : (nameof(Ingestion), Ingestion);
        if (string.IsNullOrEmpty(connection))
            throw new InvalidOperationException($"Database:{name} must name the PostgreSQL database, such as Host=db;Database=siaga_{service};Username=siaga.");
        return new PostgresOptions
        {
            ConnectionString = connection,
            Password = PasswordFile is null ? null : File.ReadAllText(PasswordFile).Trim(),
            MaxConnections = MaxConnections,
            StatementTimeout = StatementTimeout,
        };
    }
}

[OptionsValidator]
internal sealed partial class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>;

/// <summary>Two services in one database would take each other's tables for their own.</summary>
internal sealed class SeparateDatabases : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options) =>
        options.Backend is { Length: > 0 } backend && string.Equals(backend, options.Ingestion, StringComparison.OrdinalIgnoreCase)
            ? ValidateOptionsResult.Fail("Database:Backend and Database:Ingestion name the same database; each service needs its own.")
            : ValidateOptionsResult.Success;
}
