using Siaga.Primitives;

namespace Siaga.Video;

/// <summary>Makes copies of clips that every browser plays.</summary>
public interface IPlayableMaker
{
    /// <summary>H.264 in an MP4 file that begins with its index, at most 1920 pixels wide.</summary>
    /// <param name="source">The clip, in any format.</param>
    /// <param name="target">A file that does not exist yet; incomplete after a failure.</param>
    /// <param name="limit">Time limit.</param>
    /// <param name="cancellationToken">Stops the conversion at once.</param>
    /// <returns>Null on success; otherwise <c>ffmpeg_missing</c>, <c>copy_took_too_long</c> or <c>copy_failed</c>.</returns>
    Task<Error?> MakeAsync(string source, string target, TimeSpan limit, CancellationToken cancellationToken);
}
