using Siaga.Primitives;

namespace Siaga.Video;

/// <summary>Makes copies of clips that every browser plays.</summary>
public interface IPlayableMaker
{
    /// <summary>H.264 in an MP4 file that begins with its index, at most 1920 pixels wide.</summary>
    /// <param name="source">The clip, whatever it is.</param>
    /// <param name="target">A file that is not there yet; left half done where this fails.</param>
    /// <param name="limit">It is given up after so long.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>Null: done. <c>ffmpeg_missing</c>, <c>copy_took_too_long</c> or <c>copy_failed</c>.</returns>
    Task<Error?> MakeAsync(string source, string target, TimeSpan limit, CancellationToken cancellationToken);
}
