using System.Globalization;
using Npgsql;

namespace Siaga.Database.Postgres;

/// <summary>Settings of <see cref="PostgresEngine"/>.</summary>
public sealed record PostgresOptions
{
    // The client waits this much longer than the server's statement timeout, so that the server's answer arrives first.
    private const int GraceSeconds = 5;

    /// <summary>Such as <c>Host=db;Database=siaga_backend;Username=siaga</c>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Used when the connection string has no password. Null when none is needed.</summary>
    public string? Password { get; init; }

    /// <summary>Maximum connections of this process to this database. Default 50; the server's own default limit is 100.</summary>
    public int MaxConnections { get; init; } = 50;

    /// <summary>The server cancels a statement that takes longer. Does not apply to migrations. Default 30 s.</summary>
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

        // The driver would try Kerberos before every connection. Where its library is not installed,
        // as in our images, the runtime complains on standard error. The connection string can turn it on.
        if (!Names(builder, "GSS Encryption Mode"))
            builder.GssEncryptionMode = GssEncryptionMode.Disable;
        if (forMigrations)
        {
            // Used only for a moment at start, so pooling is not worth it.
            builder.Pooling = false;
            builder.CommandTimeout = 0;
            return builder.ToString();
        }

        // The same few statements repeat, so they are prepared once a connection. Behind a pooler
        // this can be turned off: Max Auto Prepare=0.
        if (!Names(builder, "Max Auto Prepare"))
            (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (100, 2);
        builder.MaxPoolSize = MaxConnections;
        builder.MinPoolSize = Math.Min(builder.MinPoolSize, MaxConnections);
        builder.CommandTimeout = (int)Math.Ceiling(StatementTimeout.TotalSeconds) + GraceSeconds;
        var timeout = string.Create(CultureInfo.InvariantCulture, $"-c statement_timeout={(long)StatementTimeout.TotalMilliseconds}");
        builder.Options = string.IsNullOrEmpty(builder.Options) ? timeout : $"{builder.Options} {timeout}";
        return builder.ToString();
    }

    // ContainsKey is true for every supported keyword, whether the connection string has it or not.
    private static bool Names(NpgsqlConnectionStringBuilder builder, string keyword) =>
        builder.Keys.Contains(keyword, StringComparer.OrdinalIgnoreCase);
}
