using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Siaga.BlobStorage;
using Siaga.Primitives;

namespace Siaga.Tests.Siaga;

/// <summary>
/// A camera without a model learns its scene, becomes ready, and reports what is unusual with a reason. A model's anomalies get a picture
/// from the scene detector too.
/// </summary>
[Collection(Alone.Name)]
public sealed class SceneTests(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTimeOffset s_morning = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(60);

    private readonly DrawnClips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Fact]
    public async Task Without_a_model_a_camera_learns_is_ready_and_finds_a_runner_with_a_reason_and_a_picture()
    {
        await using var host = await QuickAsync();
        var camera = await host.Api.MakeCameraAsync();
        await host.Api.SendAsync(HttpMethod.Put, $"api/cameras/{camera.Id}", new { false_alarms_a_day = 50 });
        await UploadAsync(host, camera, _clips.Walk(12, 0), 0);
        await Eventually.TrueAsync(
            "the first clip is learned", async () => (await SceneAsync(host, camera)).GetProperty("version").GetInt32() == 1, s_long);
        var scene = await SceneAsync(host, camera);
        Assert.Equal(
            ("learning", 40, 100),
            (
                scene.GetProperty("state").GetString(),
                scene.GetProperty("footage_needed_s").GetDouble(),
                scene.GetProperty("active_frames_needed").GetInt64()));
        Assert.InRange(scene.GetProperty("footage_s").GetDouble(), 10, 12.1);
        await LearnAsync(host, camera, 1, 3);
        Assert.True((await SceneAsync(host, camera)).GetProperty("active_frames").GetInt64() >= 100);
        Assert.Empty(await host.Api.ListAsync("api/anomalies"));
        var analyses = await host.Api.ListAsync("api/analyses");
        Assert.All(analyses, a => Assert.Equal("scene", a.GetProperty("detector").GetString()));
        Assert.True(analyses[^1].GetProperty("scene").GetProperty("provisional").GetBoolean());

        var runner = await UploadAsync(host, camera, _clips.Walk(6, 1, speed: 70), 30);
        var anomaly = await AnomalyWithPictureAsync(host);
        output.WriteLine(anomaly.GetRawText());
        Assert.Equal((runner, "scene"), (anomaly.GetProperty("clip_id").GetString(), anomaly.GetProperty("detector").GetString()));
        Assert.StartsWith("unusual_", anomaly.GetProperty("anomaly_type").GetString(), StringComparison.Ordinal);
        Assert.InRange(anomaly.GetProperty("confidence").GetDouble(), 0.5, 1);
        var found = anomaly.GetProperty("scene");
        Assert.True(found.GetProperty("alarm").GetBoolean());
        Assert.False(found.GetProperty("provisional").GetBoolean());
        Assert.True(found.GetProperty("score").GetDouble() > found.GetProperty("threshold").GetDouble());
        Assert.EndsWith(".", found.GetProperty("explanation").GetString(), StringComparison.Ordinal);
        var finding = anomaly.GetProperty("finding");
        Assert.Equal(found.GetProperty("attribute").GetString(), finding.GetProperty("attribute").GetString());
        Assert.Equal(JsonValueKind.Number, finding.GetProperty("value").ValueKind);
        var box = found.GetProperty("box").EnumerateArray().Select(v => v.GetInt32()).ToArray();
        var walker = (((1 + found.GetProperty("at_s").GetDouble()) * 70) % 360) - 13;
        Assert.InRange(walker, box[0] - 60, box[0] + box[2] + 60);
        Assert.InRange(168, box[1] - 20, box[1] + box[3] + 20);
        await ExpectJpegAsync(host, anomaly);

        // A person marks the anomaly as normal here, and the camera learns it.
        var before = (await SceneAsync(host, camera)).GetProperty("version").GetInt32();
        var resolved = await host.Api.SendAsync(
            HttpMethod.Post, $"api/anomalies/{anomaly.GetProperty("id").GetInt64()}/resolve",
            new { resolution = "false_alarm", normal = true });
        Assert.Equal(200, resolved.Status);
        await Eventually.TrueAsync(
            "the camera has learned it", async () => (await SceneAsync(host, camera)).GetProperty("version").GetInt32() > before, s_long);
        Assert.Equal("", await DifferencesAsync(host));
    }

    [Fact]
    public async Task A_moved_camera_is_told_and_learns_anew()
    {
        await using var host = await QuickAsync();
        var camera = await host.Api.MakeCameraAsync();
        await LearnAsync(host, camera, 0, 3);
        using var stop = new CancellationTokenSource(s_long);
        using var events = await host.Api.OpenAsync("api/events", stop.Token);
        await UploadAsync(host, camera, _clips.Walk(8, 0, view: 2), 30);
        await Eventually.TrueAsync(
            "the first clip of the other view is analysed", async () => (await host.Api.ListAsync("api/analyses")).Count == 5, s_long);
        Assert.Equal("ready", (await SceneAsync(host, camera)).GetProperty("state").GetString());
        Assert.True((await host.Api.ListAsync("api/analyses"))[0].GetProperty("scene").GetProperty("moved").GetBoolean());
        await UploadAsync(host, camera, _clips.Walk(8, 4, view: 2), 31);
        await foreach (var item in SseParser.Create(await events.Content.ReadAsStreamAsync(stop.Token)).EnumerateAsync(stop.Token))
        {
            if (item.EventType != "camera_moved")
                continue;
            Assert.Equal(camera.Id, JsonDocument.Parse(item.Data).RootElement.GetProperty("camera_id").GetInt64());
            break;
        }

        var scene = await SceneAsync(host, camera);
        Assert.Equal("moved", scene.GetProperty("state").GetString());
        Assert.InRange(scene.GetProperty("footage_s").GetDouble(), 6, 8.1);
        Assert.Empty(await host.Api.ListAsync("api/anomalies"));
    }

    [Fact]
    public async Task An_anomaly_of_a_model_has_its_picture_too_and_the_scene_looks_beside_it()
    {
        await using var host = await Installation.StartAsync(withWorker: true);
        var camera = await host.Api.MakeCameraAsync();
        await host.Api.UploadAsync(camera, Tree.Anomaly);
        var anomaly = await AnomalyWithPictureAsync(host);
        Assert.Equal(
            ("model", "model.h5"),
            (anomaly.GetProperty("detector").GetString(), anomaly.GetProperty("model").GetProperty("name").GetString()));
        await ExpectJpegAsync(host, anomaly);
        await Eventually.TrueAsync(
            "the camera learns", async () => (await SceneAsync(host, camera)).GetProperty("version").GetInt32() == 1, s_long);
        await host.Api.UploadAsync(camera, Tree.Clips.First(c => c != Tree.Anomaly));
        await Eventually.TrueAsync(
            "the second clip is analysed", async () => (await host.Api.ListAsync("api/analyses")).Count == 2, s_long);
        var beside = (await host.Api.ListAsync("api/analyses"))[0].GetProperty("scene");
        Assert.True(beside.GetProperty("provisional").GetBoolean());
        Assert.Equal(1, beside.GetProperty("version").GetInt32());
        await Eventually.TrueAsync("nothing is under way", async () => (await DifferencesAsync(host)).Length == 0);
    }

    [Fact]
    public async Task Two_workers_one_of_them_killed_in_the_middle_end_with_the_same_model_as_one()
    {
        string[] clips = [.. Enumerable.Range(0, 7).Select(i => _clips.Walk(8, i * 5, 16 + (i % 3 * 3)))];
        var one = await LearnedByAsync(clips, kill: false);
        var two = await LearnedByAsync(clips, kill: true);
        Assert.Equal(one, two);
    }

    /// <returns>The hash of version 2, which six clips made on top of the first one.</returns>
    private async Task<string> LearnedByAsync(string[] clips, bool kill)
    {
        await using var host = await Installation.StartAsync(withWorker: false, ("Backend:Scenes:ClipsAVersion", "6"));
        var camera = await host.Api.MakeCameraAsync();
        var first = await SiagaProcess.WorkerAsync(host.Folder, host.Api.Address);
        SiagaProcess? second = null;
        SiagaProcess? third = null;
        try
        {
            await UploadAsync(host, camera, clips[0], 0);
            await Eventually.TrueAsync(
                $"the first clip is learned\n{first.Error}",
                async () => (await SceneAsync(host, camera)).GetProperty("version").GetInt32() == 1,
                s_long);
            if (kill)
                second = await SiagaProcess.WorkerAsync(host.Folder, host.Api.Address);
            for (var i = 1; i < clips.Length; i++)
                await UploadAsync(host, camera, clips[i], i);
            if (kill)
            {
                await Eventually.TrueAsync(
                    "some clips are analysed", async () => (await host.Api.ListAsync("api/analyses")).Count >= 3, s_long);
                await first.KillAsync();
                third = await SiagaProcess.WorkerAsync(host.Folder, host.Api.Address);
            }

            await Eventually.TrueAsync(
                $"all are learned\n{first.Error}{second?.Error}{third?.Error}",
                async () => (await SceneAsync(host, camera)).GetProperty("version").GetInt32() >= 2,
                s_long);
            Assert.Equal(2, (await SceneAsync(host, camera)).GetProperty("version").GetInt32());
            Assert.Equal(7, (await host.Api.ListAsync("api/analyses")).Count);
            return Path.GetFileName(Assert.Single(
                Directory.GetFiles(Path.Combine(host.Folder, "clips", "objects"), "00000002_*.scene", SearchOption.AllDirectories)));
        }
        finally
        {
            foreach (var worker in (SiagaProcess?[])[first, second, third])
            {
                if (worker is not null)
                    await worker.DisposeAsync();
            }
        }
    }

    /// <summary>A host whose cameras become ready quickly.</summary>
    private static Task<Installation> QuickAsync() => Installation.StartAsync(
        withWorker: true, model: false, ("Backend:Scenes:FootageNeeded", "00:00:40"), ("Backend:Scenes:ActiveFramesNeeded", "100"),
        ("Backend:Scenes:ClipsAVersion", "1"));

    private static async Task<string?> UploadAsync(Installation host, Camera camera, string clip, int minute) =>
        (await host.Api.UploadAsync(camera, clip, s_morning.AddMinutes(minute))).Body.GetProperty("clip_id").GetString();

    /// <summary>Uploads walks one by one, and waits until the camera is ready.</summary>
    private async Task LearnAsync(Installation host, Camera camera, int from, int to)
    {
        for (var i = from; i <= to; i++)
        {
            await UploadAsync(host, camera, _clips.Walk(12, i * 7, 16 + (i % 3 * 3)), i);
            var count = i + 1;
            await Eventually.TrueAsync(
                $"clip {i} is analysed", async () => (await host.Api.ListAsync("api/analyses")).Count == count, s_long);
            await Eventually.TrueAsync(
                $"clip {i} is learned", async () => (await SceneAsync(host, camera)).GetProperty("version").GetInt32() >= count, s_long);
        }

        Assert.Equal("ready", (await SceneAsync(host, camera)).GetProperty("state").GetString());
    }

    private static async Task<JsonElement> SceneAsync(Installation host, Camera camera) =>
        (await host.Api.SendAsync(HttpMethod.Get, $"api/cameras/{camera.Id}")).Body.GetProperty("scene");

    private static async Task<JsonElement> AnomalyWithPictureAsync(Installation host)
    {
        JsonElement anomaly = default;
        await Eventually.TrueAsync(
            "there is an anomaly with a picture",
            async () => (await host.Api.ListAsync("api/anomalies")) is [var only] && (anomaly = only).TryGetProperty("picture_url", out _),
            s_long);
        return anomaly;
    }

    private static async Task ExpectJpegAsync(Installation host, JsonElement anomaly)
    {
        using var anonymous = new HttpClient();
        using var picture = await anonymous.GetAsync(new Uri(host.Api.Address, anomaly.GetProperty("picture_url").GetString()));
        Assert.Equal((200, "image/jpeg"), ((int)picture.StatusCode, picture.Content.Headers.ContentType?.MediaType));
        var bytes = await picture.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xFF, 0xD8, 0xFF], bytes[..3]);
        using var decoded = OpenCvSharp.Cv2.ImDecode(bytes, OpenCvSharp.ImreadModes.Color);
        Assert.True(decoded.Width >= 480 && decoded.Height > 300, $"{decoded.Width} × {decoded.Height}");
    }

    /// <summary>The findings that <c>siaga check --content</c> would have an hour from now.</summary>
    private static async Task<string> DifferencesAsync(Installation host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("a test compares storage");
        var check = new StorageCheck(
            scope.ServiceProvider.GetRequiredService<IBlobStorage>(), [.. scope.ServiceProvider.GetServices<IObjectOwner>()], new Later());
        var found = new List<string>();
        await foreach (var difference in check.RunAsync(content: true, () => { }, TestContext.Current.CancellationToken))
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{difference.Kind} {difference.Key}: {difference.Message}"));
        return string.Join("\n", found);
    }

    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddHours(1);
    }
}
