using System.Diagnostics;
using System.Text.Json;

namespace Siaga.Tests.Siaga;

/// <summary>A clip that no browser can play, and a camera's last picture, through the real services and a real worker.</summary>
[Collection(Alone.Name)]
public sealed class EvidenceTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-evidence-").FullName;

    [Fact]
    public async Task An_hevc_clip_gets_a_copy_that_plays_and_its_camera_a_picture()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed");
        var file = Path.Combine(_folder, "hevc.mp4");
        Assert.Equal(0, await RunAsync(
            "ffmpeg", "-nostdin", "-loglevel", "error", "-i", Tree.Anomaly, "-c:v", "libx265", "-x265-params", "log-level=none", "-an",
            file));
        await using var host = await Installation.StartAsync(withWorker: true);
        var camera = await host.Api.MakeCameraAsync();
        var clip = (await host.Api.UploadAsync(camera, file)).Body.GetProperty("clip_id").GetString();
        var path = $"api/clips/{clip}";
        await Eventually.TrueAsync(
            "the worker has said what the clip is",
            async () => (await host.Api.SendAsync(HttpMethod.Get, path)).Body.TryGetProperty("codec", out _),
            s_long);
        var shown = (await host.Api.SendAsync(HttpMethod.Get, path)).Body;
        Assert.Equal(("hevc", "no"), (shown.GetProperty("codec").GetString(), shown.GetProperty("playable").GetString()));
        Assert.Equal(202, (await host.Api.SendAsync(HttpMethod.Post, path + "/playable")).Status);
        await Eventually.TrueAsync(
            "the copy is there",
            async () =>
                (shown = (await host.Api.SendAsync(HttpMethod.Get, path)).Body).GetProperty("playable").GetString() is not "preparing",
            s_long);
        Assert.True(shown.GetProperty("playable").GetString() == "yes", shown.GetRawText());
        using var anonymous = new HttpClient();
        var copy = Path.Combine(_folder, "copy.mp4");
        await File.WriteAllBytesAsync(
            copy, await anonymous.GetByteArrayAsync(new Uri(host.Api.Address, shown.GetProperty("playable_url").GetString())));
        Assert.Equal("h264,yuv420p", await CodecAsync(copy));

        JsonElement seen = default;
        await Eventually.TrueAsync("the camera has a picture", async () =>
            (seen = (await host.Api.SendAsync(HttpMethod.Get, $"api/cameras/{camera.Id}")).Body).TryGetProperty("picture_url", out _),
            s_long);
        Assert.Equal("delivering", seen.GetProperty("state").GetString());
        using var picture = await host.Api.OpenAsync(seen.GetProperty("picture_url").GetString()!.TrimStart('/'), default);
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0xFF, 0xD8], (await picture.Content.ReadAsByteArrayAsync()).Take(2));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> CodecAsync(string file)
    {
        using var probe = Process.Start(new ProcessStartInfo(
            "ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=codec_name,pix_fmt", "-of", "csv=p=0", file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var said = await probe.StandardOutput.ReadToEndAsync();
        await probe.WaitForExitAsync();
        return said.Trim();
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
