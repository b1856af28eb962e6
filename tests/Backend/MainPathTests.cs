namespace Siaga.Tests.Backend;

public sealed class MainPathTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task A_reported_anomaly_is_in_the_list_with_a_url_that_is_made_when_read()
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        var first = await host.Worker.PostAsync("/api/analyses", report);
        Assert.Equal(201, first.Status);
        Assert.Equal(200, (await host.Worker.PostAsync("/api/analyses", report)).Status);

        var list = await tenant.User.GetAsync("/api/anomalies");
        var item = Assert.Single(list.Json.EnumerateArray().ToArray());
        Assert.Equal(first.Json.GetProperty("anomaly_id").GetInt64(), item.GetProperty("id").GetInt64());
        Assert.Equal(tenant.CameraId, item.GetProperty("camera_id").GetInt64());
        Assert.Equal("brawl", item.GetProperty("anomaly_type").GetString());
        Assert.Equal(0.93, item.GetProperty("confidence").GetDouble());
        Assert.StartsWith(
            $"{host.Address}blobs/{report["storage_key"]}?", item.GetProperty("video_clip_url").GetString(), StringComparison.Ordinal);
        Assert.Equal("new", item.GetProperty("status").GetString());
        Assert.Equal(2.0, item.GetProperty("from_s").GetDouble());
        Assert.EndsWith("+00:00", item.GetProperty("reported_at").GetString(), StringComparison.Ordinal);
    }
}
