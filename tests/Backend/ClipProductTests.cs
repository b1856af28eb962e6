using System.Security.Cryptography;

namespace Siaga.Tests.Backend;

/// <summary>A worker reports everything that it made of a clip, besides its result, in one call.</summary>
public sealed class ClipProductTests(BackendHost host) : IClassFixture<BackendHost>
{
    private static readonly byte[] s_jpeg = [1, 2, 3];

    [Fact]
    public async Task Each_part_is_stored_by_the_feature_that_keeps_it()
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        var anomaly = Expect.Id((await host.Worker.PostAsync("/api/analyses", report)).Json, "anomaly_id");
        var products = new
        {
            anomaly_picture = Picture((string)report["storage_key"]!, anomaly),
            camera_picture = CameraPicture(tenant),
            of_a_later_version = new { anything = 1 },
        };
        for (var i = 0; i < 2; i++)
        {
            var answer = await host.Worker.PutAsync(Path(tenant), products);
            Assert.Equal((200, 200, 200), (answer.Status, Status(answer, "anomaly_picture"), Status(answer, "camera_picture")));
            Assert.False(answer.Json.TryGetProperty("of_a_later_version", out _));
        }

        Assert.Contains("picture_url", (await tenant.User.GetAsync($"/api/anomalies/{anomaly}")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await tenant.User.GetAsync($"/api/cameras/{tenant.CameraId}/picture")).Status);
    }

    [Fact]
    public async Task A_part_that_is_refused_leaves_the_others_theirs()
    {
        var tenant = await host.MakeTenantAsync();
        var products = new
        {
            anomaly_picture = Picture("7/9/clip.mp4", 999_999),
            camera_picture = CameraPicture(tenant),
            scene_update = new { name = 1 },
        };
        var answer = await host.Worker.PutAsync(Path(tenant), products);
        Assert.Equal(
            (404, 200, 400), (Status(answer, "anomaly_picture"), Status(answer, "camera_picture"), Status(answer, "scene_update")));
    }

    [Fact]
    public async Task Another_companys_worker_cannot_store_anything()
    {
        var tenant = await host.MakeTenantAsync();
        var other = await host.MakeTenantAsync();
        var made = await other.Admin.PostAsync("/api/worker-tokens", new { name = "own" });
        var worker = new Client(host, ("Authorization", $"Bearer {made.Json.GetProperty("token").GetString()}"));
        var answer = await worker.PutAsync(Path(tenant), new { camera_picture = CameraPicture(tenant) });
        Assert.Equal((200, 404), (answer.Status, Status(answer, "camera_picture")));
        Expect.Problem(await tenant.User.PutAsync(Path(tenant), new { }), 403);
    }

    [Fact]
    public async Task A_report_with_a_scene_is_answered_with_what_the_next_clip_needs()
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        Assert.False((await host.Worker.PostAsync("/api/analyses", report)).Json.TryGetProperty("scene", out _));
        report = BackendHost.Report(tenant);
        report["scene"] = new { version = 0, score = 0.0 };
        await tenant.Admin.PutAsync($"/api/cameras/{tenant.CameraId}", new { false_alarms_a_day = 0.25, notes = "Above the door" });
        var scene = (await host.Worker.PostAsync("/api/analyses", report)).Json.GetProperty("scene");
        Assert.Equal($"{tenant.CompanyId}/{tenant.CameraId}/scene/", scene.GetProperty("folder").GetString());
        Assert.Equal(
            (0, 0.25, "Above the door"),
            (scene.GetProperty("version").GetInt32(), scene.GetProperty("false_alarms_a_day").GetDouble(),
                scene.GetProperty("notes").GetString()));
    }

    private static string Path(Tenant tenant) => $"/internal/cameras/{tenant.CameraId}/products";

    private static int Status(Answer answer, string part) => answer.Json.GetProperty(part).GetProperty("status").GetInt32();

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private object Picture(string clipKey, long anomaly)
    {
        var key = clipKey.Replace(".mp4", ".jpg", StringComparison.Ordinal);
        host.Blobs.Put(key, s_jpeg);
        return new { anomaly_id = anomaly, storage_key = key, size = s_jpeg.Length, sha256 = Hash(s_jpeg) };
    }

    private object CameraPicture(Tenant tenant)
    {
        var key = $"{tenant.CompanyId}/{tenant.CameraId}/picture/clip.jpg";
        host.Blobs.Put(key, s_jpeg);
        return new
        {
            clip_id = "clip",
            captured_at = host.Time.GetUtcNow(),
            storage_key = key,
            size = s_jpeg.Length,
            sha256 = Hash(s_jpeg),
        };
    }
}
