using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Siaga.BlobStorage;
using Siaga.Messages;

namespace Siaga.Tests.Backend;

/// <summary>
/// Which scene version of a camera is valid: one per number, one update per clip, whoever reports it, however often and in whatever order.
/// </summary>
public sealed class SceneModelTests(SceneModelTests.SceneTestHost host) : IClassFixture<SceneModelTests.SceneTestHost>
{
    /// <summary>Cameras are ready after one minute and ten frames; a new version is due after two clips.</summary>
    public sealed class SceneTestHost : BackendHost
    {
        public SceneTestHost()
        {
            Settings["Backend:Scenes:FootageNeeded"] = "00:01:00";
            Settings["Backend:Scenes:ActiveFramesNeeded"] = "10";
            Settings["Backend:Scenes:ClipsAVersion"] = "2";
        }
    }

    [Fact]
    public async Task A_camera_shows_that_it_learns_and_when_it_is_ready()
    {
        var tenant = await host.MakeTenantAsync();
        Assert.Equal(
            """{"state":"learning","version":0,"footage_s":0,"footage_needed_s":60,"active_frames":0,"active_frames_needed":10}""",
            (await SceneOfAsync(tenant)).GetRawText());
        await BeginAsync(tenant, 0, footageS: 20, frames: 8);
        var scene = await SceneOfAsync(tenant);
        Assert.Equal(
            ("learning", 1, 20.0, 8),
            (Text(scene, "state"), Int(scene, "version"), scene.GetProperty("footage_s").GetDouble(), Int(scene, "active_frames")));
        await LodgeAsync(tenant, "clip-a", 1);
        await MergeAsync(tenant, 1, footageS: 61, frames: 12, "clip-a");
        scene = await SceneOfAsync(tenant);
        Assert.Equal(("ready", 2), (Text(scene, "state"), Int(scene, "version")));
        Assert.False(scene.TryGetProperty("moved_at", out _));
        var listed = Expect.Items(await tenant.User.GetAsync("/api/cameras")).Single(c => Expect.Id(c) == tenant.CameraId);
        Assert.Equal(scene.GetRawText(), listed.GetProperty("scene").GetRawText());
    }

    [Fact]
    public async Task Sensitivity_is_false_alarms_a_day_within_its_range()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = $"/api/cameras/{tenant.CameraId}";
        Assert.Equal(1, FalseAlarms(await tenant.User.GetAsync(camera)));
        Assert.Equal(0.5, FalseAlarms(await tenant.Admin.PutAsync(camera, new { false_alarms_a_day = 0.5 })));
        Assert.Equal(0.5, FalseAlarms(await host.Worker.GetAsync(Scene(tenant))));
        Assert.Equal(200, (await tenant.Admin.PutAsync(camera, new { name = "Door" })).Status);
        Assert.Equal(0.5, FalseAlarms(await tenant.User.GetAsync(camera)));
        foreach (var bad in (double[])[0, 0.001, -1, 1001])
            Expect.Problem(await tenant.Admin.PutAsync(camera, new { false_alarms_a_day = bad }), 400, "false_alarms_a_day_invalid");
        Expect.Problem(await tenant.User.PutAsync(camera, new { false_alarms_a_day = 2 }), 403);

        static double FalseAlarms(Answer answer) => answer.Json.GetProperty("false_alarms_a_day").GetDouble();
    }

    [Fact]
    public async Task Of_many_workers_that_make_the_next_version_at_once_one_is_heard_and_the_others_leave_nothing()
    {
        var tenant = await host.MakeTenantAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => PublishAsync(tenant, First(tenant, $"clip-{i}", $"first {i}"))));
        Assert.Equal([200, .. Enumerable.Repeat(409, 7)], answers.Select(a => a.Status).Order());
        Assert.Single(host.Blobs.Keys(Folder(tenant)));

        await LodgeAsync(tenant, "lesson-1", 1);
        await LodgeAsync(tenant, "lesson-2", 1);
        answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => PublishAsync(tenant, Next(tenant, 1, $"second {i}", 30, 9, "lesson-1", "lesson-2"))));
        Assert.Equal([200, .. Enumerable.Repeat(409, 7)], answers.Select(a => a.Status).Order());
        Assert.Equal(2, host.Blobs.Keys(Folder(tenant)).Count);
        Assert.Equal(2, Int(await SceneOfAsync(tenant), "version"));
    }

    [Fact]
    public async Task A_worker_that_did_not_hear_the_answer_gets_it_again()
    {
        var tenant = await host.MakeTenantAsync();
        var first = First(tenant, "clip", "bytes");
        Assert.Equal(200, (await PublishAsync(tenant, first)).Status);
        Assert.Equal(200, (await PublishAsync(tenant, first)).Status);
        Assert.Equal(1, Int(await SceneOfAsync(tenant), "version"));
    }

    [Fact]
    public async Task A_clip_teaches_once_however_often_it_is_delivered()
    {
        var tenant = await host.MakeTenantAsync();
        await BeginAsync(tenant, 0, 20, 8);

        // The clip that started the scene has already been learned from.
        Assert.False((await AskAsync(tenant, "first", 1)).TryGetProperty("storage_key", out _));

        // Announced, but the worker died before the update was stored: announced again, it is requested again.
        var key = Text(await AskAsync(tenant, "once", 1), "storage_key");
        Assert.Empty(await WaitingAsync(tenant));
        Assert.Equal(key, Text(await AskAsync(tenant, "once", 1), "storage_key"));
        host.Blobs.Put(key, [1]);
        var stored = await AskAsync(tenant, "once", 1);
        Assert.False(stored.TryGetProperty("storage_key", out _));
        Assert.False(stored.GetProperty("merge_due").GetBoolean());
        Assert.True((await LodgeAsync(tenant, "twice", 1)).GetProperty("merge_due").GetBoolean());
        Assert.Equal(["once", "twice"], (await WaitingAsync(tenant)).Select(i => Text(i, "name")).Order(StringComparer.Ordinal));
        await MergeAsync(tenant, 1, 30, 9, "once", "twice");
        var merged = await AskAsync(tenant, "once", 2);
        Assert.False(merged.TryGetProperty("storage_key", out _));
        Assert.Empty(await WaitingAsync(tenant));
        Assert.DoesNotContain(host.Blobs.Keys(Folder(tenant)), k => k.EndsWith(".lesson", StringComparison.Ordinal));
        Expect.Problem(await PublishAsync(tenant, Next(tenant, 2, "again", 40, 9, "once")), 409, "scene_moved_on");
    }

    [Fact]
    public async Task Two_clips_of_another_view_start_the_camera_anew_with_an_event_and_the_old_views_lessons_are_dropped()
    {
        var tenant = await host.MakeTenantAsync();
        await BeginAsync(tenant, 0, 70, 80);
        await LodgeAsync(tenant, "old", 1);
        Assert.False((await AskAsync(tenant, "hand", 1, moved: true, minute: 1)).GetProperty("has_moved").GetBoolean());
        Assert.False((await LodgeAsync(tenant, "clear", 1, minute: 2)).GetProperty("has_moved").GetBoolean());
        Assert.False((await AskAsync(tenant, "moved-1", 1, moved: true, minute: 3)).GetProperty("has_moved").GetBoolean());
        Assert.True((await AskAsync(tenant, "moved-2", 1, moved: true, minute: 4)).GetProperty("has_moved").GetBoolean());
        using var listener = await Listener.OpenAsync(tenant.User);
        var anew = First(tenant, "moved-2", "another view", 1);
        anew["has_moved"] = true;
        Assert.Equal(200, (await PublishAsync(tenant, anew)).Status);
        var heard = await listener.NextAsync();
        Assert.Equal("camera_moved", heard.Name);
        Assert.Equal((tenant.CameraId, 2), (Expect.Id(heard.Data, "camera_id"), heard.Data.GetProperty("scene_version").GetInt32()));
        var scene = await SceneOfAsync(tenant);
        Assert.Equal(
            ("moved", 2, 20.0),
            (Text(scene, "state"), Int(scene, "version"), scene.GetProperty("footage_s").GetDouble()));
        Assert.NotEmpty(Text(scene, "moved_at"));
        Assert.Empty(await WaitingAsync(tenant));

        // A worker that was still analysing the old view reports too late.
        Assert.False((await AskAsync(tenant, "late", 1)).TryGetProperty("storage_key", out _));
        await LodgeAsync(tenant, "new", 2);
        await MergeAsync(tenant, 2, 61, 30, "new");
        Assert.Equal("ready", Text(await SceneOfAsync(tenant), "state"));
    }

    [Fact]
    public async Task Nonsense_is_refused_and_changes_nothing()
    {
        var tenant = await host.MakeTenantAsync();
        Expect.Problem(await host.Worker.PostAsync(Scene(tenant) + "/lessons", Lesson("early", 1)), 409, "scene_unknown");
        await BeginAsync(tenant, 0, 20, 8);
        Expect.Problem(await host.Worker.PostAsync(Scene(tenant) + "/lessons", Lesson("../up", 1)), 400, "lesson_invalid");
        Expect.Problem(await host.Worker.PostAsync(Scene(tenant) + "/lessons", Lesson("ahead", 9)), 409, "scene_unknown");
        Expect.Problem(await host.Worker.PostAsync("/internal/cameras/999999/scene/lessons", Lesson("x", 1)), 404, "camera_not_found");
        Expect.Problem(await host.Worker.GetAsync("/internal/cameras/999999/scene"), 404, "camera_not_found");
        var absent = Next(tenant, 1, "never stored", 1, 1, "x");
        foreach (var key in host.Blobs.Keys(Folder(tenant)).Where(k => k.Contains("/00000002_", StringComparison.Ordinal)))
            await host.Blobs.DeleteAsync(key, TestContext.Current.CancellationToken);
        Expect.Problem(await PublishAsync(tenant, absent), 400, "version_not_stored");
        Expect.Problem(await PublishAsync(tenant, Next(tenant, 1, "of a stranger's lesson", 1, 1, "stranger")), 409, "scene_moved_on");
        Assert.Equal(1, Int(await SceneOfAsync(tenant), "version"));
        foreach (var who in (Client[])[tenant.User, tenant.Admin, host.Ingestion])
            Assert.Equal(403, (await who.GetAsync(Scene(tenant))).Status);
    }

    [Fact]
    public async Task Old_objects_go_and_the_check_finds_no_stranger()
    {
        var tenant = await host.MakeTenantAsync();
        await BeginAsync(tenant, 0, 20, 8);
        for (var i = 1; i <= 5; i++)
        {
            await LodgeAsync(tenant, $"clip-{i}", i);
            await MergeAsync(tenant, i, 20 + i, 8 + i, $"clip-{i}");
        }

        Assert.Equal(
            ["00000004", "00000005", "00000006"],
            host.Blobs.Keys(Folder(tenant)).Select(k => k.Split('/')[^1][..8]).Order(StringComparer.Ordinal));
        host.Blobs.Put(Folder(tenant) + "00000009_left-by-a-dead-worker.scene", [1]);
        host.Blobs.Put($"{tenant.CompanyId}/{tenant.CameraId}/strange.bin", [1]);
        var differences = await CheckAsync(tenant);
        Assert.Equal(["strange.bin"], differences.Select(d => d.Key.Split('/')[^1]));
        var newest = host.Blobs.Keys(Folder(tenant)).Single(k => k.Contains("/00000006_", StringComparison.Ordinal));
        host.Blobs.Put(newest, Encoding.UTF8.GetBytes("version 9"));
        Assert.Contains(await CheckAsync(tenant), d => d.Kind == "wrong_content" && d.Key == newest);
        await host.Blobs.DeleteAsync(newest, TestContext.Current.CancellationToken);
        Assert.Contains(await CheckAsync(tenant), d => d.Kind == "missing_object" && d.Key == newest);
    }

    [Fact]
    public async Task A_purge_takes_the_scene_and_the_pictures_too()
    {
        var tenant = await host.MakeTenantAsync();
        await BeginAsync(tenant, 0, 20, 8);
        await LodgeAsync(tenant, "clip", 1);
        var (report, _) = await ReportAsync(tenant);
        var anomaly = Expect.Id((await host.Worker.PostAsync("/api/analyses", report)).Json, "anomaly_id");
        await PictureAsync(anomaly, (string)report["storage_key"]!, [1, 2, 3]);
        Assert.NotEmpty(host.Blobs.Keys($"{tenant.CompanyId}/"));
        await host.Root.DeleteAsync($"/api/cameras/{tenant.CameraId}");
        Assert.Equal(202, (await host.Root.PostAsync($"/api/cameras/{tenant.CameraId}/purge")).Status);
        await Eventually.TrueAsync(
            "the camera is gone", async () => (await host.Root.GetAsync($"/api/cameras/{tenant.CameraId}")).Status == 404);
        Assert.Empty(host.Blobs.Keys($"{tenant.CompanyId}/"));
    }

    [Fact]
    public async Task A_report_says_who_spoke_and_why_and_its_picture_comes_after()
    {
        var tenant = await host.MakeTenantAsync();
        var (report, finding) = await ReportAsync(tenant);
        var told = await host.Worker.PostAsync("/api/analyses", report);
        Assert.False(told.Json.GetProperty("has_picture").GetBoolean());
        var id = Expect.Id(told.Json, "anomaly_id");
        var anomaly = (await tenant.User.GetAsync($"/api/anomalies/{id}")).Json;
        Assert.Equal(("scene", "unusual_speed"), (Text(anomaly, "detector"), Text(anomaly, "anomaly_type")));
        Assert.False(anomaly.TryGetProperty("picture_url", out _));
        var scene = anomaly.GetProperty("scene");
        Assert.Equal([10, 20, 30, 40], scene.GetProperty("box").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal(("speed", finding), (Text(scene, "attribute"), Text(scene, "explanation")));
        Assert.Equal((7, true, false), (Int(scene, "version"), Flag(scene, "alarm"), Flag(scene, "provisional")));
        var analysis = Expect.Items(await tenant.User.GetAsync("/api/analyses"))[0];
        Assert.Equal(("scene", scene.GetRawText()), (Text(analysis, "detector"), analysis.GetProperty("scene").GetRawText()));

        var listedBefore = Expect.Items(await tenant.User.GetAsync("/api/anomalies"))[0];
        Assert.False(listedBefore.TryGetProperty("picture_url", out _));
        var key = (string)report["storage_key"]!;
        var bad = new { storage_key = key, size = 3, sha256 = Hash([1, 2, 3]) };
        Expect.Problem(await host.Worker.PutAsync($"/internal/anomalies/{id}/picture", bad), 400, "picture_not_stored");
        await PictureAsync(id, key, [1, 2, 3]);
        await PictureAsync(id, key, [1, 2, 3]);
        var shown = Expect.Items(await tenant.User.GetAsync("/api/anomalies"))[0];
        var picture = key.Replace(".mp4", ".jpg", StringComparison.Ordinal);
        Assert.StartsWith($"{host.Address}blobs/{picture}?", Text(shown, "picture_url"), StringComparison.Ordinal);
        Assert.True((await host.Worker.PostAsync("/api/analyses", report)).Json.GetProperty("has_picture").GetBoolean());
        Assert.Single(Expect.Items(await tenant.User.GetAsync("/api/anomalies")));
        Assert.DoesNotContain(await CheckAsync(tenant), d => d.Key.EndsWith(".jpg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_of_an_older_worker_is_a_models()
    {
        var tenant = await host.MakeTenantAsync();
        var id = await host.ReportAnomalyAsync(tenant);
        var anomaly = (await tenant.User.GetAsync($"/api/anomalies/{id}")).Json;
        Assert.Equal(("model", "sample"), (Text(anomaly, "detector"), Text(anomaly.GetProperty("model"), "name")));
        Assert.False(anomaly.TryGetProperty("scene", out _));
        var report = BackendHost.Report(tenant);
        report["detector"] = "oracle";
        Expect.Problem(await host.Worker.PostAsync("/api/analyses", report), 400, "detector_invalid");
        report["detector"] = "scene";
        report["scene"] = new { version = 1, score = -1 };
        Expect.Problem(await host.Worker.PostAsync("/api/analyses", report), 400, "scene_invalid");
    }

    [Fact]
    public async Task This_is_normal_asks_a_worker_once()
    {
        var tenant = await host.MakeTenantAsync();
        var (report, _) = await ReportAsync(tenant);
        var id = Expect.Id((await host.Worker.PostAsync("/api/analyses", report)).Json, "anomaly_id");
        Expect.Problem(await ResolveAsync(new { resolution = "confirmed", normal = true }), 400, "normal_invalid");
        Assert.False((await ResolveAsync(new { resolution = "false_alarm" })).Json.GetProperty("normal").GetBoolean());
        for (var i = 0; i < 3; i++)
            Assert.True((await ResolveAsync(new { resolution = "false_alarm", normal = true })).Json.GetProperty("normal").GetBoolean());
        Task<Answer> ResolveAsync(object body) => tenant.User.PostAsync($"/api/anomalies/{id}/resolve", body);
        ClipIsNormal[] Asked() => [.. host.Broker.Published.Where(m => m.Topic == Routes.ClipIsNormal)
            .Select(m => JsonSerializer.Deserialize<ClipIsNormal>(m.Body.Span, MessageJson.Options)!)
            .Where(m => m.CameraId == tenant.CameraId)];
        await Eventually.TrueAsync("a worker is asked", () => Asked().Length > 0);
        var asked = Assert.Single(Asked());
        Assert.Equal(((string)report["clip_id"]!, (string)report["storage_key"]!), (asked.ClipId, asked.VideoPath));
        Assert.Single(Expect.Items(await tenant.Admin.GetAsync("/api/audit")), e => Text(e, "action") == "anomaly.called_normal");
    }

    private static string Text(JsonElement element, string field) => element.GetProperty(field).GetString()!;

    private static int Int(JsonElement element, string field) => element.GetProperty(field).GetInt32();

    private static bool Flag(JsonElement element, string field) => element.GetProperty(field).GetBoolean();

    private static string Scene(Tenant tenant) => $"/internal/cameras/{tenant.CameraId}/scene";

    private static string Folder(Tenant tenant) => $"{tenant.CompanyId}/{tenant.CameraId}/scene/";

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private async Task<JsonElement> SceneOfAsync(Tenant tenant) =>
        (await tenant.User.GetAsync($"/api/cameras/{tenant.CameraId}")).Json.GetProperty("scene");

    private async Task<IReadOnlyList<JsonElement>> WaitingAsync(Tenant tenant) =>
        [.. (await host.Worker.GetAsync(Scene(tenant) + "/lessons")).Json.GetProperty("items").EnumerateArray()];

    private static Dictionary<string, object> Lesson(
        string name, int version, bool moved = false, int minute = 0) => new(StringComparer.Ordinal)
    {
        ["name"] = name, ["base"] = version, ["size"] = 1, ["sha256"] = Hash([1]), ["footage_ms"] = 1000, ["active_frames"] = 3,
        ["captured_at"] = $"2026-11-24T08:{minute:00}:00Z", ["has_moved"] = moved,
    };

    private async Task<JsonElement> AskAsync(Tenant tenant, string name, int version, bool moved = false, int minute = 0)
    {
        var answer = await host.Worker.PostAsync(Scene(tenant) + "/lessons", Lesson(name, version, moved, minute));
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json;
    }

    /// <summary>Announces a scene update and stores it.</summary>
    private async Task<JsonElement> LodgeAsync(Tenant tenant, string name, int version, int minute = 0)
    {
        host.Blobs.Put(Text(await AskAsync(tenant, name, version, minute: minute), "storage_key"), [1]);
        return await AskAsync(tenant, name, version, minute: minute);
    }

    private Dictionary<string, object> Stored(Tenant tenant, int version, string content, double footageS, int frames)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var name = string.Create(CultureInfo.InvariantCulture, $"{version + 1:D8}_{Hash(bytes)[..16]}.scene");
        host.Blobs.Put(Folder(tenant) + name, bytes, host.Time.GetUtcNow());
        return new(StringComparer.Ordinal)
        {
            ["base"] = version, ["size"] = bytes.Length, ["sha256"] = Hash(bytes),
            ["footage_ms"] = (long)(footageS * 1000), ["active_frames"] = frames, ["lessons"] = Array.Empty<string>(),
        };
    }

    private Dictionary<string, object> First(Tenant tenant, string clip, string content, int version = 0)
    {
        var request = Stored(tenant, version, content, 20, 8);
        (request["starts_anew"], request["clip"], request["captured_at"]) = (true, clip, "2026-11-24T08:00:00Z");
        return request;
    }

    private Dictionary<string, object> Next(
        Tenant tenant, int version, string content, double footageS, int frames, params string[] lessons)
    {
        var request = Stored(tenant, version, content, footageS, frames);
        request["lessons"] = lessons;
        return request;
    }

    private Task<Answer> PublishAsync(Tenant tenant, Dictionary<string, object> request) =>
        host.Worker.PostAsync(Scene(tenant) + "/versions", request);

    private async Task BeginAsync(Tenant tenant, int version, double footageS, int frames)
    {
        var request = First(tenant, "first", "version 1", version);
        (request["footage_ms"], request["active_frames"]) = ((long)(footageS * 1000), frames);
        Assert.Equal(200, (await PublishAsync(tenant, request)).Status);
    }

    private async Task MergeAsync(Tenant tenant, int version, double footageS, int frames, params string[] lessons)
    {
        var answer = await PublishAsync(tenant, Next(tenant, version, $"version {version + 1}", footageS, frames, lessons));
        Assert.True(answer.Status == 200, answer.Text);
    }

    private async Task PictureAsync(long anomaly, string clip, byte[] bytes)
    {
        var key = clip.Replace(".mp4", ".jpg", StringComparison.Ordinal);
        host.Blobs.Put(key, bytes);
        var stored = new { storage_key = key, size = bytes.Length, sha256 = Hash(bytes) };
        Assert.Equal(200, (await host.Worker.PutAsync($"/internal/anomalies/{anomaly}/picture", stored)).Status);
    }

    private static Task<(Dictionary<string, object?> Report, string Explanation)> ReportAsync(Tenant tenant)
    {
        const string finding = "About 3 times faster than usual here.";
        var report = BackendHost.Report(tenant);
        report.Remove("model");
        (report["detector"], report["label"]) = ("scene", "unusual_speed");
        report["labels"] = new { unusual_speed = 0.6 };
        report["windows"] = Array.Empty<object>();
        int[] box = [10, 20, 30, 40];
        report["scene"] =
            new { version = 7, score = 6.4, threshold = 4.1, alarm = true, at_s = 3.2, box, attribute = "speed", explanation = finding };
        return Task.FromResult((report, finding));
    }

    private async Task<IReadOnlyList<StorageDifference>> CheckAsync(Tenant tenant)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Primitives.CompanyScope>().SetAll("a test compares storage");
        var check = new StorageCheck(host.Blobs, [.. scope.ServiceProvider.GetServices<IObjectOwner>()], TimeProvider.System);
        var differences = new List<StorageDifference>();
        await foreach (var difference in check.RunAsync(content: true, () => { }, TestContext.Current.CancellationToken))
        {
            if (difference.Key.StartsWith($"{tenant.CompanyId}/", StringComparison.Ordinal))
                differences.Add(difference);
        }

        return differences;
    }
}
