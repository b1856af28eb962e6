using System.Globalization;
using CliWrap;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Video.Ffmpeg;

/// <summary>
/// Makes playable copies with the system's <c>ffmpeg</c>, in a separate process because an untrusted file may crash it. The process has
/// limits on time and memory, a low CPU priority and may open files only. Thread-safe.
/// </summary>
/// <param name="program">Name or path of the program. Default: <c>ffmpeg</c> from the PATH.</param>
public sealed class FfmpegCopies(string program = "ffmpeg") : IPlayableMaker
{
    // Containers that cameras and phones record. Other demuxers read playlists, text or networks, which an untrusted file must not trigger.
    private const string Containers = "mov,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,flv,asf,ogg,h264,hevc,mjpeg,mpjpeg,ivf,mxf,wtv";

    // 8192 × 8192 pixels, far above any camera.
    private const string MaxPixels = "67108864";

    // Bytes of address space. Two threads need a few hundred megabytes for 4K video.
    private const long MaxMemory = 4L << 30;

    private const int Threads = 2;
    private const int MostReason = 300;
    private const string Limiter = "/usr/bin/prlimit";

    public async Task<Error?> MakeAsync(string source, string target, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Find(program) is not { } ffmpeg)
            return new Error(
                ErrorKind.Unavailable, "ffmpeg_missing", "The worker has no ffmpeg: install Debian's package 'ffmpeg' on its machine.");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        var last = "";
        try
        {
            // Cancellation kills the process.
            var result = await CommandOf(ffmpeg, source, target, limit).WithValidation(CommandResultValidation.None)
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line => last = line)).ExecuteAsync(time.Token);
            if (result.ExitCode == 0 && new FileInfo(target) is { Exists: true, Length: > 0 })
                return null;

            // ffmpeg's message contains our temporary file names, which mean nothing to the reader.
            var reason = last.Replace(source, "the clip", StringComparison.Ordinal).Replace(target, "the copy", StringComparison.Ordinal);
            return new Error(
                ErrorKind.Invalid, "copy_failed",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"ffmpeg ended with exit code {result.ExitCode}: {reason[..Math.Min(reason.Length, MostReason)]}"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Error(ErrorKind.Invalid, "copy_took_too_long", string.Create(
                CultureInfo.InvariantCulture, $"The copy was not finished within {limit.TotalSeconds:0} s."));
        }
    }

    private static Command CommandOf(string ffmpeg, string source, string target, TimeSpan limit)
    {
        List<string> arguments =
        [
            "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-protocol_whitelist", "file", "-format_whitelist", Containers,
            "-max_pixels", MaxPixels, "-threads", $"{Threads}", "-i", $"file:{source}",
            "-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-vf", "scale='trunc(min(1920,iw)/2)*2':-2,format=yuv420p",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-threads", $"{Threads}", "-filter_threads", $"{Threads}", "-c:a",
            "aac", "-b:a", "96k",
            "-movflags", "+faststart", "-f", "mp4", $"file:{target}",
        ];
        if (!File.Exists(Limiter))
            return Cli.Wrap(ffmpeg).WithArguments(arguments);

        // A killed worker cannot kill ffmpeg; then this limit on CPU seconds ends it.
        var seconds = (long)limit.TotalSeconds * Threads * 2;
        return Cli.Wrap(Limiter).WithArguments(
        [
            string.Create(CultureInfo.InvariantCulture, $"--as={MaxMemory}"),
            string.Create(CultureInfo.InvariantCulture, $"--cpu={seconds}"),
            "--core=0", "nice", "-n", "10", ffmpeg, .. arguments,
        ]);
    }

    /// <summary>Searched for on every call, because ffmpeg may be installed while a worker runs.</summary>
    private static string? Find(string program)
    {
        if (Path.IsPathRooted(program))
            return File.Exists(program) ? program : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
