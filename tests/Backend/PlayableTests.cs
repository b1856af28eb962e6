using System.Text.Json;
using Siaga.Messages;

namespace Siaga.Tests.Backend;

/// <summary>Clips that browsers cannot play, and their playable copies.</summary>
public sealed class PlayableTests(BackendHost host) : IClassFixture<BackendHost>
{
    private const string Mp4 = "mov,mp4,m4a,3gp,3g2,mj2";

    [Theory]
    [InlineData("h264", "yuv420p", Mp4, "yes", "video/mp4")]
    [InlineData("h264", "yuvj420p", Mp4, "yes", "video/mp4")]
    [InlineData("h264", "yuv420p10le", Mp4, "no", "video/mp4")]
    [InlineData("h264", "yuv422p", Mp4, "no", "video/mp4")]
    [InlineData("h264", "yuv420p", "avi", "no", "video/x-msvideo")]
    [InlineData("h264", "yuv420p", "matroska,webm", "no", "video/x-matroska")]
    [InlineData("h264", "yuv420p", "mpegts", "no", "video/mp2t")]
    [InlineData("hevc", "yuv420p", Mp4, "no", "video/mp4")]
    [InlineData("mpeg4", "yuv420p", Mp4, "no", "video/mp4")]
    [InlineData("vp9", "yuv420p", "matroska,webm", "no", "video/webm")]
    public async Task Only_what_every_browser_plays_is_playable(string codec, string pixels, string container, string playable, string type)
    {
        var (tenant, clip) = await ClipAsync((codec, pixels, container));
        var shown = await ShowAsync(tenant, clip);
        Assert.Equal(
            (playable, codec, type),
            (
                shown.GetProperty("playable").GetString(),
                shown.GetProperty("codec").GetString(),
                shown.GetProperty("content_type").GetString()));
        Assert.Equal(playable == "yes", shown.TryGetProperty("playable_url", out var url));
        if (playable == "yes")
        {
            Assert.Equal(shown.GetProperty("url").GetString(), url.GetString());
            Assert.Equal("yes", await AskAsync(tenant, clip));
            Assert.Empty(Asked(clip));
        }
    }

    [Fact]
    public async Task A_copy_is_asked_for_once_however_often_and_is_playable_when_it_is_stored()
    {
        var (tenant, clip) = await ClipAsync(("hevc", "yuv420p", Mp4));
        Assert.Equal("no", (await ShowAsync(tenant, clip)).GetProperty("playable").GetString());
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AskAsync(tenant, clip))), state => Assert.Equal("preparing", state));
        await Eventually.TrueAsync("the message is published", () => Asked(clip).Count > 0);
        var wanted = Assert.Single(Asked(clip));
        Assert.Equal((clip.VideoPath, tenant.CameraId, tenant.CompanyId), (wanted.VideoPath, wanted.CameraId, wanted.CompanyId));
        Assert.Equal("preparing", (await ShowAsync(tenant, clip)).GetProperty("playable").GetString());

        var key = clip.VideoPath.Replace(".mp4", "_play.mp4", StringComparison.Ordinal);
        var told = new { storage_key = key, size = 3, sha256 = new string('c', 64) };
        Expect.Problem(await TellAsync(clip, told), 400, "copy_not_stored");
        host.Blobs.Put(key, [1, 2, 3]);
        Expect.Problem(await TellAsync(clip, told with { storage_key = clip.VideoPath }), 400, "copy_not_stored");
        Assert.Equal(204, (await TellAsync(clip, told)).Status);
        Assert.Equal(204, (await TellAsync(clip, told)).Status);

        // A second worker that reports a failure after the first one succeeded changes nothing.
        Assert.Equal(204, (await TellAsync(clip, new { reason = new { code = "copy_failed", message = "No." } })).Status);
        var shown = await ShowAsync(tenant, clip);
        Assert.Equal("yes", shown.GetProperty("playable").GetString());
        Assert.StartsWith($"{host.Address}blobs/{key}?", shown.GetProperty("playable_url").GetString(), StringComparison.Ordinal);
        Assert.StartsWith($"{host.Address}blobs/{clip.VideoPath}?", shown.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal("yes", await AskAsync(tenant, clip));
    }

    [Fact]
    public async Task What_failed_says_why_and_can_be_asked_for_again_a_moment_later()
    {
        var (tenant, clip) = await ClipAsync(("hevc", "yuv420p", Mp4));
        await AskAsync(tenant, clip);
        Assert.Equal(
            204, (await TellAsync(clip, new { reason = new { code = "ffmpeg_missing", message = "The worker has no ffmpeg." } })).Status);
        var shown = await ShowAsync(tenant, clip);
        Assert.Equal("failed", shown.GetProperty("playable").GetString());
        Assert.Equal("ffmpeg_missing", shown.GetProperty("playable_failure").GetProperty("code").GetString());
        Assert.Equal("failed", await AskAsync(tenant, clip));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("preparing", await AskAsync(tenant, clip));
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("no", (await ShowAsync(tenant, clip)).GetProperty("playable").GetString());
        Assert.Equal("preparing", await AskAsync(tenant, clip));
    }

    [Fact]
    public async Task A_clip_of_unknown_format_is_playable_once_a_worker_says_so()
    {
        var (tenant, clip) = await ClipAsync(null);
        Assert.Equal("no", (await ShowAsync(tenant, clip)).GetProperty("playable").GetString());
        Assert.Equal("preparing", await AskAsync(tenant, clip));
        Assert.Equal(204, (await TellAsync(clip, new { plays_as_is = true })).Status);
        Assert.Equal("yes", (await ShowAsync(tenant, clip)).GetProperty("playable").GetString());
    }

    [Fact]
    public async Task A_copy_that_was_not_requested_or_whose_clip_is_gone_is_refused()
    {
        var (_, clip) = await ClipAsync(null);
        Expect.Problem(await TellAsync(clip, new { plays_as_is = true }), 404, "clip_not_found");
        Expect.Problem(
            await host.Worker.PutAsync("/internal/clips/no-such-clip/playable", new { plays_as_is = true }), 404, "clip_not_found");
    }

    [Fact]
    public async Task A_purged_camera_leaves_neither_copy_nor_picture()
    {
        var (tenant, clip) = await ClipAsync(("hevc", "yuv420p", Mp4));
        await AskAsync(tenant, clip);
        var key = clip.VideoPath.Replace(".mp4", "_play.mp4", StringComparison.Ordinal);
        host.Blobs.Put(key, [1]);
        Assert.Equal(204, (await TellAsync(clip, new { storage_key = key, size = 1, sha256 = new string('c', 64) })).Status);
        await PictureTests.StoreAsync(host, tenant, clip.ClipId, clip.CapturedAt, [1]);
        Assert.Equal(3, host.Blobs.Keys($"{tenant.CompanyId}/{tenant.CameraId}/").Count);
        Assert.Equal(200, (await tenant.Admin.DeleteAsync($"/api/cameras/{tenant.CameraId}")).Status);
        Assert.Equal(202, (await host.Root.PostAsync($"/api/cameras/{tenant.CameraId}/purge")).Status);
        await Eventually.TrueAsync(
            "the camera is gone", async () => (await host.Root.GetAsync($"/api/cameras/{tenant.CameraId}")).Status == 404);
        Assert.Empty(host.Blobs.Keys($"{tenant.CompanyId}/{tenant.CameraId}/"));
        Expect.Problem(await TellAsync(clip, new { plays_as_is = true }), 404, "clip_not_found");
    }

    private async Task<(Tenant Tenant, ClipStored Clip)> ClipAsync((string Codec, string PixelFormat, string Container)? form)
    {
        var tenant = await host.MakeTenantAsync();
        var clip = ContractTests.ClipOf(tenant);
        host.Blobs.Put(clip.VideoPath, [1]);
        Assert.Equal(
            Messaging.HandlingResult.Done,
            await host.Broker.DeliverAsync(Routes.RecordingsQueue, JsonSerializer.SerializeToUtf8Bytes(clip, MessageJson.Options)));
        if (form is { } known)
        {
            var report = BackendHost.Report(tenant, anomaly: false);
            report["clip_id"] = clip.ClipId;
            report["storage_key"] = clip.VideoPath;
            report["video"] = new { codec = known.Codec, pixel_format = known.PixelFormat, container = known.Container };
            Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", report)).Status);
        }

        return (tenant, clip);
    }

    private static async Task<JsonElement> ShowAsync(Tenant tenant, ClipStored clip)
    {
        var answer = await tenant.User.GetAsync($"/api/clips/{clip.ClipId}");
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json;
    }

    private static async Task<string?> AskAsync(Tenant tenant, ClipStored clip)
    {
        var answer = await tenant.User.PostAsync($"/api/clips/{clip.ClipId}/playable");
        Assert.True(answer.Status == 202, answer.Text);
        return answer.Json.GetProperty("playable").GetString();
    }

    private Task<Answer> TellAsync(ClipStored clip, object what) => host.Worker.PutAsync($"/internal/clips/{clip.ClipId}/playable", what);

    private List<PlayableWanted> Asked(ClipStored clip) =>
    [
        .. host.Broker.Published.Where(m => m.Topic == Routes.PlayableWanted)
            .Select(m => JsonSerializer.Deserialize<PlayableWanted>(m.Body.Span, MessageJson.Options)!).Where(m => m.ClipId == clip.ClipId),
    ];
}
