using System.Diagnostics;
using Siaga.Database.Postgres;

namespace Siaga.Tests.Backend;

/// <summary>Two Backends on one database: what one changes, the other knows at once, whatever it keeps in memory.</summary>
public sealed class TwoBackendsTests : IAsyncLifetime
{
    // What is kept is believed for two seconds at most; hearing of it has to be what ends it.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1.5);

    private readonly BackendHost _one = new();
    private readonly BackendHost _other = new();

    public async ValueTask InitializeAsync()
    {
        await _one.InitializeAsync();
        _other.Wrap = _ => new PostgresEngine(new PostgresOptions { ConnectionString = _one.Database.ConnectionString, MaxConnections = 10 });
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
        await Until.TrueAsync("the token is dead at the other", async () => (await there.GetAsync("/api/cameras")).Status == 401);
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
        await Until.TrueAsync("it is listed at the other", async () => Expect.Items(await there.GetAsync("/api/anomalies")).Length == 1);
        Assert.Equal(200, (await tenant.Admin.PostAsync($"/api/anomalies/{id}/acknowledge")).Status);
        await Until.TrueAsync(
            "it is acknowledged at the other",
            async () => Expect.Items(await there.GetAsync("/api/anomalies"))[0].GetProperty("status").GetString() == "acknowledged");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, s_limit);
    }
}
