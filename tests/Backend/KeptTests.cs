namespace Siaga.Tests.Backend;

/// <summary>Caches are never older than the last change.</summary>
public sealed class KeptTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task A_list_shows_every_change_the_moment_after()
    {
        var tenant = await host.MakeTenantAsync();
        for (var i = 1; i <= 10; i++)
        {
            Assert.Equal(i - 1, Expect.Items(await tenant.User.GetAsync("/api/anomalies")).Length);
            var id = await host.ReportAnomalyAsync(tenant);
            Assert.Equal("new", await StatusAsync(tenant.User, "/api/anomalies", id));
            Assert.Equal("new", await StatusAsync(host.Root, $"/api/anomalies?camera_id={tenant.CameraId}", id));
            await tenant.User.PostAsync($"/api/anomalies/{id}/acknowledge");
            Assert.Equal("acknowledged", await StatusAsync(tenant.User, "/api/anomalies", id));
            await tenant.User.PostAsync($"/api/anomalies/{id}/resolve", new { resolution = "confirmed" });
            Assert.Equal("resolved", await StatusAsync(tenant.User, "/api/anomalies", id));
            Assert.Equal("resolved", await StatusAsync(host.Root, $"/api/anomalies?camera_id={tenant.CameraId}", id));
        }
    }

    [Fact]
    public async Task The_same_page_is_another_one_for_another_company()
    {
        var (mine, theirs) = (await host.MakeTenantAsync(), await host.MakeTenantAsync());
        var id = await host.ReportAnomalyAsync(mine);
        Assert.Equal(id, Expect.Id(Assert.Single(Expect.Items(await mine.User.GetAsync("/api/anomalies")))));
        Assert.Empty(Expect.Items(await theirs.User.GetAsync("/api/anomalies")));
        Assert.Contains(Expect.Items(await host.Root.GetAsync("/api/anomalies")), a => Expect.Id(a) == id);
        Assert.Equal(id, Expect.Id(Assert.Single(Expect.Items(await mine.User.GetAsync("/api/anomalies")))));
    }

    private static async Task<string?> StatusAsync(Client client, string path, long id) =>
        Expect.Items(await client.GetAsync(path)).Single(a => Expect.Id(a) == id).GetProperty("status").GetString();
}
