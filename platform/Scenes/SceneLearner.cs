using Siaga.Primitives;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Motion;
using Siaga.Video;

namespace Siaga.Scenes;

/// <summary>Learns what is normal on a camera from a set of clips at once.</summary>
/// <param name="decoder">Opens clips.</param>
/// <param name="trackers">Creates an optical flow.</param>
public sealed class SceneLearner(IVideoDecoder decoder, Func<IPointTracker> trackers)
{
    // The empty scene is the median of this many pictures, from this many clips, from the first seconds of each.
    private const int BackgroundPictures = 60;
    private const int BackgroundClips = 20;
    private const double BackgroundSeconds = 120;

    /// <summary>Learns from normal footage of one camera, in the order of time.</summary>
    /// <param name="clips">Video files, at least one.</param>
    /// <param name="past">What is known already, or null.</param>
    /// <param name="done">Called after each clip.</param>
    /// <returns>The state of the next version, or the reason why one of the clips cannot be learned from.</returns>
    public Result<SceneState> Learn(
        IReadOnlyList<string> clips, SceneState? past, Action? done = null, CancellationToken cancellationToken = default)
    {
        var clip = clips[0];
        try
        {
            var grid = past?.Grid ?? GridOf(clips[0]);
            using var tracker = trackers();
            var extractor = new MotionExtractor(grid, tracker);
            var noise = Prepare(extractor.Background, clips, past, grid, cancellationToken);
            extractor.Background.SetNoise(noise);
            var session = new LearningSession(grid);
            var (cells, thumbnail) = (new CellFrame(grid), new byte[Thumbnail.Length]);
            foreach (var next in clips)
            {
                clip = next;
                using var reader = decoder.Open(clip);
                var feed = new FrameFeed(grid);
                session.Cut();
                extractor.Cut();
                while (reader.Grab())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (!feed.Take(reader))
                        continue;
                    extractor.Next(feed.Gray, feed.Seconds, cells);
                    Thumbnail.Make(feed.Gray, grid.Width, grid.Height, thumbnail);
                    session.Add(cells, thumbnail, extractor.Background.Noise);
                }

                done?.Invoke();
            }

            var learned = session.Finish(past?.Statistics);
            if (past is not null)
                learned.Merge(past.Statistics);
            return new SceneState(
                (past?.Version ?? 0) + 1, learned, extractor.Background.ToBytes(), noise, past?.Newest ?? DateTimeOffset.UnixEpoch);
        }
        catch (VideoException e)
        {
            return new Error(ErrorKind.Invalid, e.Code, $"{clip}: {e.Message}");
        }
    }

    private SceneGrid GridOf(string clip)
    {
        using var reader = decoder.Open(clip);
        return reader.Grab()
            ? SceneGrid.For(reader.FrameSize.Width, reader.FrameSize.Height)
            : throw new VideoException("clip_without_frames", "The clip has no frame that can be decoded.");
    }

    /// <summary>Gives the background its first picture.</summary>
    /// <returns>The median difference from it.</returns>
    private double Prepare(
        Background background, IReadOnlyList<string> clips, SceneState? past, SceneGrid grid, CancellationToken cancellationToken)
    {
        if (past is not null)
        {
            background.Start(past.Background);
            return past.Noise;
        }

        var used = Math.Min(clips.Count, BackgroundClips);
        var pictures = new List<byte[]>();
        for (var i = 0; i < used; i++)
        {
            var clip = clips[(int)((long)i * clips.Count / used)];
            pictures.AddRange(Sample(clip, grid, (BackgroundPictures + used - 1) / used, cancellationToken));
        }

        background.Start(Median(pictures, grid.Pixels));
        var noises = pictures.Select(p => (double)background.MeasureNoise(p)).Order().ToList();
        return noises[noises.Count / 2];
    }

    private List<byte[]> Sample(string clip, SceneGrid grid, int count, CancellationToken cancellationToken)
    {
        // Collects up to twice the wanted number, evenly spaced; when they are full, every second one is dropped and the spacing doubles.
        var pictures = new List<byte[]>();
        using var reader = decoder.Open(clip);
        var feed = new FrameFeed(grid);
        var (distance, seen) = (1, 0);
        while (reader.Grab() && reader.Position.Seconds < BackgroundSeconds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!feed.Take(reader) || seen++ % distance != 0)
                continue;
            pictures.Add(feed.Gray.ToArray());
            if (pictures.Count < 2 * count)
                continue;
            pictures = [.. pictures.Where((_, i) => i % 2 == 0)];
            distance *= 2;
        }

        return pictures;
    }

    private static byte[] Median(List<byte[]> pictures, int pixels)
    {
        var (median, values) = (new byte[pixels], new byte[pictures.Count]);
        for (var i = 0; i < pixels && values.Length > 0; i++)
        {
            for (var p = 0; p < values.Length; p++)
                values[p] = pictures[p][i];
            Array.Sort(values);
            median[i] = values[values.Length / 2];
        }

        return median;
    }
}
