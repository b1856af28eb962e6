using System.Globalization;
using CliWrap;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Video.Ffmpeg;

/// <summary>
/// Makes copies with the system's <c>ffmpeg</c>: a process of its own, for a stranger's file may bring it down, with a bound on its time and memory,
/// below everything else in priority, and without a network. Safe for several threads.
/// </summary>
/// <param name="program">Its name or path; default: <c>ffmpeg</c> on the path.</param>
public sealed class FfmpegCopies(string program = "ffmpeg") : IPlayableMaker
{
    // What cameras and phones record. Others read playlists, text or networks, which a stranger's file must not ask for.
    private const string Containers = "mov,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,flv,asf,ogg,h264,hevc,mjpeg,mpjpeg,ivf,mxf,wtv";

    // A picture of 8192 × 8192 is far above any camera's.
    private const string MaxPixels = "67108864";

    // Bytes of address space. Two threads need some hundred megabytes for a picture of 4K.
    private const long MaxMemory = 4L << 30;

    private const int Threads = 2;
    private const int MostReason = 300;
    private const string Limiter = "/usr/bin/prlimit";

    public async Task<Error?> MakeAsync(string source, string target, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Find(program) is not { } ffmpeg)
            return new Error(ErrorKind.Unavailable, "ffmpeg_missing", "The worker has no ffmpeg: install Debian's package 'ffmpeg' where workers run.");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        var last = "";
        try
        {
            // Being given up kills it.
            var result = await CommandOf(ffmpeg, source, target, limit).WithValidation(CommandResultValidation.None)
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line => last = line)).ExecuteAsync(time.Token);
            if (result.ExitCode == 0 && new FileInfo(target) is { Exists: true, Length: > 0 })
                return null;

            // It names the file, which is ours and of no interest to anybody.
            var reason = last.Replace(source, "the clip", StringComparison.Ordinal).Replace(target, "the copy", StringComparison.Ordinal);
            return new Error(
                ErrorKind.Invalid, "copy_failed",
                string.Create(CultureInfo.InvariantCulture, $"ffmpeg ended with {result.ExitCode}: {reason[..Math.Min(reason.Length, MostReason)]}"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Error(ErrorKind.Invalid, "copy_took_too_long", string.Create(CultureInfo.InvariantCulture, $"The copy was not done in {limit.TotalSeconds:0} s."));
        }
    }

    private static Command CommandOf(string ffmpeg, string source, string target, TimeSpan limit)
    {
        List<string> arguments =
        [
            "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-protocol_whitelist", "file", "-format_whitelist", Containers,
            "-max_pixels", MaxPixels, "-threads", $"{Threads}", "-i", $"file:{source}",
            "-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-vf", "scale='trunc(min(1920,iw)/2)*2':-2,format=yuv420p",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-threads", $"{Threads}", "-filter_threads", $"{Threads}", "-c:a", "aac", "-b:a", "96k",
            "-movflags", "+faststart", "-f", "mp4", $"file:{target}",
        ];
        if (!File.Exists(Limiter))
            return Cli.Wrap(ffmpeg).WithArguments(arguments);

        // A worker that is killed cannot kill it: then its seconds of work end it.
        var seconds = (long)limit.TotalSeconds * Threads * 2;
        return Cli.Wrap(Limiter).WithArguments(
            [string.Create(CultureInfo.InvariantCulture, $"--as={MaxMemory}"), string.Create(CultureInfo.InvariantCulture, $"--cpu={seconds}"), "--core=0", "nice", "-n", "10", ffmpeg, .. arguments]);
    }

    /// <summary>Looked for each time: it may be installed while a worker runs.</summary>
    private static string? Find(string program)
    {
        if (Path.IsPathRooted(program))
            return File.Exists(program) ? program : null;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
