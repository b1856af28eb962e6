using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Siaga.Database;
using Siaga.Database.Postgres;
using Siaga.Primitives;

namespace Siaga.Tests.Backend;

/// <summary>What only a database server does: it goes down, comes back, and ends queries that take too long.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private readonly BackendHost _host = new();

    public async ValueTask InitializeAsync()
    {
        _host.Wrap = _ => new PostgresEngine(new PostgresOptions
        {
            ConnectionString = _host.Database.ConnectionString,
            MaxConnections = 10,
            StatementTimeout = TimeSpan.FromSeconds(1),
        });
        await _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_restart_of_the_server_between_two_requests_is_not_felt()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _host.Root.GetAsync("/api/cameras")));
        await EndConnectionsAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _host.Root.GetAsync("/api/cameras")));
        Assert.All(answers, a => Assert.True(a.Status == 200, a.Text));
    }

    [Fact]
    public async Task A_database_that_lets_nobody_in_is_503_until_it_does()
    {
        await _host.Database.ExecuteOutsideAsync($"ALTER DATABASE {_host.Database.Name} ALLOW_CONNECTIONS false");
        await EndConnectionsAsync();
        var refused = await _host.Root.GetAsync("/api/cameras");
        Expect.Problem(refused, 503, "database_unavailable");
        Assert.True(refused.Headers.Contains("Retry-After"));
        Expect.Problem(
            await _host.Anonymous.PostAsync("/api/login", new { email = "a@siaga.test", password = "x" }), 503, "database_unavailable");
        Expect.Problem(await _host.Anonymous.GetAsync("/healthz/ready"), 503, "database_unavailable");
        await _host.Database.ExecuteOutsideAsync($"ALTER DATABASE {_host.Database.Name} ALLOW_CONNECTIONS true");
        Assert.Equal(200, (await _host.Root.GetAsync("/api/cameras")).Status);
        Assert.Equal(201, (await _host.Root.PostAsync("/api/companies", new { name = "Back" })).Status);
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_given_up_and_answered_503()
    {
        await using var connection = new NpgsqlConnection(_host.Database.ConnectionString);
        await connection.OpenAsync();
        await using (await connection.BeginTransactionAsync())
        {
            await using var locked = new NpgsqlCommand("LOCK TABLE anomalies IN ACCESS EXCLUSIVE MODE", connection);
            await locked.ExecuteNonQueryAsync();
            Expect.Problem(await _host.Root.GetAsync("/api/anomalies"), 503, "database_unavailable");
        }

        Assert.Equal(200, (await _host.Root.GetAsync("/api/anomalies")).Status);
    }

    [Fact]
    public async Task Every_time_is_kept_as_utc()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("a test");
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        var columns = await db.Database.SqlQueryRaw<string>(
            "SELECT table_name || '.' || column_name || ' ' || data_type AS \"Value\" FROM information_schema.columns "
            + "WHERE table_schema = 'public' AND data_type LIKE 'time%' AND table_name <> 'VersionInfo'").ToListAsync();
        Assert.NotEmpty(columns);
        Assert.All(columns, c => Assert.EndsWith("timestamp with time zone", c, StringComparison.Ordinal));
    }

    private Task EndConnectionsAsync() => _host.Database.ExecuteOutsideAsync(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        + $"WHERE datname = '{_host.Database.Name}' AND pid <> pg_backend_pid()");
}
