using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Siaga.Database;
using Siaga.Database.Postgres;

namespace Siaga.Tests.Backend;

/// <summary>Two Backends on one database: a change in one invalidates the other's caches at once.</summary>
public sealed class TwoBackendsTests : IAsyncLifetime
{
    // Cached values expire after two seconds at the latest; these tests need the notification to end them earlier.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1.5);

    private readonly BackendHost _one = new();
    private readonly BackendHost _other = new();

    public async ValueTask InitializeAsync()
    {
        await _one.InitializeAsync();
        _other.Wrap = _ => new PostgresEngine(new PostgresOptions
        {
            ConnectionString = _one.Database.ConnectionString, MaxConnections = 10
        });
        await _other.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
    }

    [Fact]
    public async Task A_session_that_ends_at_one_is_dead_at_the_other()
    {
        var tenant = await _one.MakeTenantAsync();
        var there = new Client(_other, ("Authorization", $"Bearer {tenant.User.Token}"));
        Assert.Equal(200, (await there.GetAsync("/api/cameras")).Status);
        Assert.Equal(204, (await tenant.User.PostAsync("/api/logout")).Status);
        var clock = Stopwatch.StartNew();
        await Eventually.TrueAsync("the token is dead at the other", async () => (await there.GetAsync("/api/cameras")).Status == 401);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, s_limit);
    }

    [Fact]
    public async Task An_anomaly_and_what_people_do_about_it_show_at_the_other()
    {
        var tenant = await _one.MakeTenantAsync();
        var there = new Client(_other, ("Authorization", $"Bearer {tenant.User.Token}"));
        Assert.Empty(Expect.Items(await there.GetAsync("/api/anomalies")));
        var id = await _one.ReportAnomalyAsync(tenant);
        var clock = Stopwatch.StartNew();
        await Eventually.TrueAsync(
            "it is listed at the other", async () => Expect.Items(await there.GetAsync("/api/anomalies")).Length == 1);
        Assert.Equal(200, (await tenant.Admin.PostAsync($"/api/anomalies/{id}/acknowledge")).Status);
        await Eventually.TrueAsync(
            "it is acknowledged at the other",
            async () => Expect.Items(await there.GetAsync("/api/anomalies"))[0].GetProperty("status").GetString() == "acknowledged");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, s_limit);
    }

    [Fact]
    public async Task An_event_stored_at_one_reaches_a_client_of_the_other_at_once()
    {
        var tenant = await _one.MakeTenantAsync();
        using var listener = await Listener.OpenAsync(new Client(_other, ("Authorization", $"Bearer {tenant.User.Token}")));
        var took = new List<double>();
        for (var i = 0; i < 21; i++)
            took.Add(await TimeAsync(tenant, listener));
        var median = took.Order().ElementAt(took.Count / 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"median {median:0.0} ms, longest {took.Max():0.0} ms");
        Assert.InRange(median, 0, 100);
    }

    [Fact]
    public async Task Whose_line_is_cut_hears_again()
    {
        var tenant = await _one.MakeTenantAsync();
        using var listener = await Listener.OpenAsync(new Client(_other, ("Authorization", $"Bearer {tenant.User.Token}")));
        for (var cut = 0; cut < 3; cut++)
        {
            await CutAsync();

            // The event arrives even without notifications, and soon arrives at once again.
            await TimeAsync(tenant, listener);
            await Eventually.TrueAsync("it hears again", () => _other.Services.GetRequiredService<CacheInvalidation>().IsConnected);
            Assert.InRange(await TimeAsync(tenant, listener), 0, 1500);
        }
    }

    /// <summary>Milliseconds from the answer of one Backend to the event from the other.</summary>
    private async Task<double> TimeAsync(Tenant tenant, Listener listener)
    {
        var next = listener.NextAsync();
        var id = await _one.ReportAnomalyAsync(tenant);
        var clock = Stopwatch.StartNew();
        Assert.Equal(id, (await next).Data.GetProperty("id").GetInt64());
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>Ends the connections that receive notifications.</summary>
    private async Task CutAsync()
    {
        await using var connection = new NpgsqlConnection(_one.Database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var cut = new NpgsqlCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            + "WHERE datname = current_database() AND query IN ('LISTEN siaga_changes', 'SELECT 1')",
            connection);
        Assert.InRange((long)(await cut.ExecuteScalarAsync())!, 1, 10);
    }
}
