using System.Diagnostics;
using Siaga.Primitives;
using Siaga.Video;
using Siaga.Video.Ffmpeg;
using Siaga.Video.OpenCv;

namespace Siaga.Tests.Analysis;

/// <summary>Copies that browsers play, made by the real ffmpeg.</summary>
public sealed class PlayableCopyTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-copies-").FullName;

    private string Target => Path.Combine(_folder, "copy.clip");

    [Theory]
    [InlineData("libx265", "yuv420p", "clip.mp4", "hevc")]
    [InlineData("mpeg4", "yuv420p", "clip.avi", "mpeg4")]
    [InlineData("libx264", "yuv422p", "clip.mkv", "h264")]
    public async Task Of_whatever_cameras_record_a_copy_is_h264_in_mp4(string encoder, string pixels, string name, string codec)
    {
        var source = await ClipAsync(encoder, pixels, name);
        Assert.Equal(codec, FormOf(source)!.Codec);
        Assert.Null(await new FfmpegCopies().MakeAsync(source, Target, s_long, default));
        var form = FormOf(Target)!;
        Assert.Equal("h264", form.Codec);
        if (new OpenCvDecoder().UsesSystem)
        {
            Assert.Equal("yuv420p", form.PixelFormat);
            Assert.Contains("mp4", form.Container, StringComparison.Ordinal);
            Assert.Equal(pixels, FormOf(source)!.PixelFormat);
        }

        // The index comes before the pictures, so that playback starts before the download ends.
        var bytes = await File.ReadAllBytesAsync(Target);
        Assert.True(bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8));
    }

    [Fact]
    public async Task What_is_no_video_has_no_copy_and_the_reason_names_no_file_of_ours()
    {
        Skip();
        var source = Path.Combine(_folder, "source.clip");
        await File.WriteAllTextAsync(source, "#EXTM3U\nhttp://127.0.0.1:1/x.ts\n");
        var error = await new FfmpegCopies().MakeAsync(source, Target, s_long, default);
        Assert.Equal("copy_failed", error!.Code);
        Assert.DoesNotContain(_folder, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_takes_too_long_is_given_up_and_one_that_is_not_wanted_any_more_too()
    {
        var source = await ClipAsync("mpeg4", "yuv420p", "clip.avi");
        var error = await new FfmpegCopies().MakeAsync(source, Target, TimeSpan.FromMilliseconds(1), default);
        Assert.Equal("copy_took_too_long", error!.Code);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new FfmpegCopies().MakeAsync(source, Target, s_long, stopped.Token));
    }

    [Fact]
    public async Task Without_ffmpeg_the_reason_says_what_to_install()
    {
        var error = await new FfmpegCopies("no-such-ffmpeg").MakeAsync("clip", Target, s_long, default);
        Assert.Equal(("ffmpeg_missing", ErrorKind.Unavailable), (error!.Code, error.Kind));
        Assert.Contains("install", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static VideoForm? FormOf(string path)
    {
        using var reader = new OpenCvDecoder().Open(path);
        return reader.Form;
    }

    private static void Skip() => Assert.SkipUnless(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed");

    private async Task<string> ClipAsync(string encoder, string pixels, string name)
    {
        Skip();
        var path = Path.Combine(_folder, name);
        using var ffmpeg = Process.Start(new ProcessStartInfo(
            "ffmpeg",
            [
                "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=322x242:rate=10:duration=2",
                "-pix_fmt", pixels, "-c:v", encoder, path
            ])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var said = await ffmpeg.StandardError.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        Assert.True(ffmpeg.ExitCode == 0, said);
        return path;
    }
}
