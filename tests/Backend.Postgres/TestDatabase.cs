using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Siaga.Composition.Backend;
using Siaga.Database;
using Siaga.Database.Postgres;
using Siaga.Tests.Servers;

namespace Siaga.Tests.Backend;

/// <summary>A host's own database on this process's PostgreSQL, copied from a migrated template.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly string _name;

    private TestDatabase(PostgresServer server, string name)
    {
        (_server, _name) = (server, name);
        Engine = new PostgresEngine(new PostgresOptions { ConnectionString = server.ConnectionTo(name), MaxConnections = 20 });
    }

    /// <summary>True when there is no server: then the tests are skipped, and their hosts do not start.</summary>
    public static bool IsMissing => PostgresServer.Missing is not null;

    public IDatabaseEngine Engine { get; }

    public string Name => _name;

    public string ConnectionString => _server.ConnectionTo(_name);

    public static async Task<TestDatabase> CreateAsync()
    {
        var server = await PostgresServer.GetAsync();
        return new TestDatabase(server, await server.CreateAsync("backend", MigrateAsync));
    }

    /// <summary>The driver's exception for a full disk.</summary>
    public static Exception NoRoom() =>
        new PostgresException("could not extend file: No space left on device", "ERROR", "ERROR", PostgresErrorCodes.DiskFull);

    /// <summary>Runs a statement from another database of the same server.</summary>
    public Task ExecuteOutsideAsync(string sql) => _server.ExecuteAsync(sql);

    /// <summary>Runs a statement in this database.</summary>
    public Task ExecuteAsync(string sql) => _server.ExecuteAsync(sql, _name);

    public async ValueTask DisposeAsync()
    {
        ((IDisposable)Engine).Dispose();
        await _server.DropAsync(_name);
    }

    private static async Task MigrateAsync(string connection)
    {
        var services = new ServiceCollection();
        services.AddServiceDb<BackendDb>(_ => new PostgresEngine(new PostgresOptions { ConnectionString = connection }));
        services.AddBackend(new ConfigurationBuilder().Build());
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IMigrator>().MigrateAsync(CancellationToken.None);
    }
}
