using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>A media server on another origin. Serves HLS cut by ffmpeg under every stream key except <see cref="Silent"/>.</summary>
internal sealed class MediaServer : IAsyncDisposable
{
    /// <summary>A stream key without a stream.</summary>
    public const string Silent = "silent";

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-media-").FullName;
    private readonly WebApplication _app;

    private MediaServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<MediaServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var server = new MediaServer(builder.Build());
        await server.CutAsync();
        server._app.MapGet("/{stream}/{file}", server.SendAsync);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task CutAsync()
    {
        var clip = Path.Combine(Tree.Root, "samples", "clips", "lone-walker.mp4");
        using var ffmpeg = Process.Start(new ProcessStartInfo(
            "ffmpeg", [
                "-v", "error", "-i", clip, "-c:v", "libx264", "-g", "25", "-f", "hls", "-hls_time", "2", "-hls_list_size", "0",
                Path.Combine(_folder, "index.m3u8")]))!;
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);

        // Make it a live stream: the playlist does not end.
        var list = Path.Combine(_folder, "index.m3u8");
        await File.WriteAllTextAsync(list, (await File.ReadAllTextAsync(list)).Replace("#EXT-X-ENDLIST\n", "", StringComparison.Ordinal));
    }

    private async Task SendAsync(string stream, string file, HttpContext context)
    {
        // Media servers allow pages of other origins.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        var path = Path.Combine(_folder, Path.GetFileName(file));
        if (stream == Silent || !File.Exists(path))
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.ContentType = path.EndsWith(".m3u8", StringComparison.Ordinal) ? "application/vnd.apple.mpegurl" : "video/mp2t";
        await context.Response.SendFileAsync(path);
    }
}
