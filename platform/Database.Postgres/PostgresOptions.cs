using System.Globalization;
using Npgsql;

namespace Siaga.Database.Postgres;

/// <summary>Where a database is and how it is used.</summary>
public sealed record PostgresOptions
{
    // How much longer than the server the client waits for the answer of a statement that was given up.
    private const int GraceSeconds = 5;

    /// <summary>Such as <c>Host=db;Database=siaga_backend;Username=siaga</c>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Used where the connection string has none; null: none is needed, or it is in the connection string.</summary>
    public string? Password { get; init; }

    /// <summary>Connections at once, of this process to this database. Default 50; the server's own limit is 100 by default.</summary>
    public int MaxConnections { get; init; } = 50;

    /// <summary>A statement that takes longer is given up, by the server. Migrations take as long as they take. Default 30 s.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    internal string Connection(bool forMigrations)
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = "siaga", Timezone = "UTC" };
        if (string.IsNullOrEmpty(builder.Host))
            throw new ArgumentException("The connection string names no Host.");
        if (string.IsNullOrEmpty(builder.Database))
            throw new ArgumentException("The connection string names no Database.");
        if (string.IsNullOrEmpty(builder.Password))
            builder.Password = Password;

        // The driver would look for Kerberos before every connection, and where its library is not installed, as in our images, the runtime
        // complains of that on standard error. Who wants it says so in the connection string. (ContainsKey is true of all that could be.)
        if (!builder.Keys.Contains("GSS Encryption Mode", StringComparer.OrdinalIgnoreCase))
            builder.GssEncryptionMode = GssEncryptionMode.Disable;
        if (forMigrations)
        {
            // Held for a moment at a start: not worth keeping.
            builder.Pooling = false;
            builder.CommandTimeout = 0;
            return builder.ToString();
        }

        // The same few statements come again and again: planned once a connection. A pooler in between may want it off: Max Auto Prepare=0.
        if (!builder.ContainsKey("Max Auto Prepare"))
            (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (100, 2);
        builder.MaxPoolSize = MaxConnections;
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, MaxConnections);
        builder.CommandTimeout = (int)Math.Ceiling(StatementTimeout.TotalSeconds) + GraceSeconds;
        var timeout = string.Create(CultureInfo.InvariantCulture, $"-c statement_timeout={(long)StatementTimeout.TotalMilliseconds}");
        builder.Options = string.IsNullOrEmpty(builder.Options) ? timeout : $"{builder.Options} {timeout}";
        return builder.ToString();
    }
}
