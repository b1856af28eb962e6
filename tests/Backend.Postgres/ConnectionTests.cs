using Npgsql;
using Siaga.Database.Postgres;

namespace Siaga.Tests.Backend;

/// <summary>The settings that Siaga adds to an operator's connection string, and those that it leaves alone.</summary>
public sealed class ConnectionTests
{
    [Theory]
    [InlineData("", GssEncryptionMode.Disable)]
    [InlineData(";GSS Encryption Mode=Prefer", GssEncryptionMode.Prefer)]
    [InlineData(";gssencryptionmode=Require", GssEncryptionMode.Require)]
    public void Kerberos_is_tried_by_who_asks_for_it(string more, GssEncryptionMode expected)
    {
        using var engine = new PostgresEngine(new PostgresOptions { ConnectionString = "Host=db;Database=siaga;Username=siaga" + more });
        using var connection = engine.CreateConnection();
        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(connection.ConnectionString).GssEncryptionMode);
    }
}
