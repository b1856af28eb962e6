using System.Runtime.InteropServices;
using Siaga.Primitives;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Scoring;

namespace Siaga.Scenes;

/// <summary>
/// All that is known of a camera: a version, never changed once made. What workers learn beside it is merged into the next one
/// (<see cref="Merge"/>). Safe for several threads.
/// </summary>
public sealed class SceneState
{
    private readonly Lazy<(SceneModel, Fusion)> _scoring;

    internal SceneState(int version, SceneStatistics statistics, byte[] background, double noise, DateTimeOffset newest)
    {
        (Version, Statistics, Background, Noise, Newest) = (version, statistics, background, noise, newest);
        _scoring = new(() => (new SceneModel(statistics), new Fusion(statistics)));
    }

    /// <summary>What a camera knows weighs half after so many days.</summary>
    internal const double HalfLifeDays = 7;

    /// <summary>From 1.</summary>
    public int Version { get; }

    public SceneGrid Grid => Statistics.Grid;

    /// <summary>Capture time of the newest footage learned.</summary>
    public DateTimeOffset Newest { get; }

    /// <summary>How far learning is.</summary>
    public LearningProgress Progress => new(TimeSpan.FromMilliseconds(Statistics.Milliseconds), Statistics.ActiveFrames);

    /// <summary>The score that a share of held-out normal frames exceeds.</summary>
    /// <param name="falseAlarms">0 to 1.</param>
    public double ThresholdAt(double falseAlarms) => Statistics.Fused.Quantile(1 - falseAlarms);

    /// <summary>The score that so many ten-second stretches of a day of normal footage reach, by the tail of those that were held out.</summary>
    /// <param name="falseAlarmsADay">Above 0.</param>
    public double ThresholdFor(double falseAlarmsADay)
    {
        const double StretchesADay = 24 * 3600 / 10.0;
        const double Tail = 0.1;
        var share = Math.Min(falseAlarmsADay / StretchesADay, 1);
        var from = Statistics.Peaks.Quantile(1 - Tail);
        return share >= Tail
            ? Statistics.Peaks.Quantile(1 - share)
            : from + (Statistics.Peaks.MeanExcess(from) * Math.Log(Tail / share));
    }

    internal SceneStatistics Statistics { get; }

    /// <summary>The statistics made ready for scoring, at first use.</summary>
    internal (SceneModel Model, Fusion Fusion) Scoring => _scoring.Value;

    /// <summary>The empty scene at <see cref="Newest"/>, a byte a pixel.</summary>
    internal byte[] Background { get; }

    /// <summary>Median difference of the camera's pictures from its background, grey levels: what the foreground's threshold follows.</summary>
    internal double Noise { get; }

    /// <summary>The next version: this one and what was learned since, whoever learned it and in whatever order it comes.</summary>
    /// <param name="learned">All made on this camera. One that comes twice counts once.</param>
    public SceneState Merge(IEnumerable<SceneDelta> learned)
    {
        var deltas = learned.Where(d => d.Statistics.Grid == Grid && !d.HasMoved).DistinctBy(d => d.Clip).OrderBy(d => d.Newest).ThenBy(d => d.Clip, StringComparer.Ordinal).ToList();
        if (deltas.Count == 0)
            return this;
        var newest = deltas[^1].Newest > Newest ? deltas[^1].Newest : Newest;
        var merged = new SceneStatistics(Grid);
        merged.Merge(Statistics);

        // Forgetting: by the footage's own time, so that a camera that was off for a month knows what it knew.
        // What was learned from files has no time of its own, and is as new as what comes first.
        var age = Newest > DateTimeOffset.UnixEpoch ? (newest - Newest).TotalDays / HalfLifeDays : 0;
        if (age > 0)
            merged.Scale(Math.Pow(0.5, Math.Min(age, 1)), Version);
        foreach (var delta in deltas)
            merged.Merge(delta.Statistics);
        var last = deltas[^1];
        return new SceneState(
            Version + 1, merged, last.Newest >= Newest ? last.Background : Background, merged.MedianNoise() ?? Noise, newest);
    }

    /// <summary>The state as bytes, less than a megabyte, for <see cref="SceneStateFormat.Read"/>.</summary>
    public byte[] ToBytes() => SceneStateFormat.Write(this);
}

/// <summary>What a clip taught, to be merged.</summary>
public sealed class SceneDelta
{
    internal SceneDelta(string clip, SceneStatistics statistics, byte[] background, DateTimeOffset newest, bool hasMoved) =>
        (Clip, Statistics, Background, Newest, HasMoved) = (clip, statistics, background, newest, hasMoved);

    /// <summary>Names the clip; the deduplication key of a merge.</summary>
    public string Clip { get; }

    /// <summary>When the clip was captured.</summary>
    public DateTimeOffset Newest { get; }

    /// <summary>The camera looks elsewhere than when it learned. Such a clip is not merged: the camera should start anew.</summary>
    public bool HasMoved { get; }

    internal SceneStatistics Statistics { get; }

    internal byte[] Background { get; }

    /// <summary>As a state that knows nothing but what the clip taught: its bytes are the delta's, its progress is the clip's.</summary>
    public SceneState ToState() => new(1, Statistics, Background, 0, Newest);

    /// <summary>The delta whose <see cref="ToState"/> was stored.</summary>
    /// <param name="clip">Names the clip.</param>
    /// <param name="bytes">As <see cref="SceneState.ToBytes"/> gave them.</param>
    /// <returns>What the clip taught, or why these bytes are no state.</returns>
    public static Result<SceneDelta> Read(string clip, ReadOnlySpan<byte> bytes)
    {
        var state = SceneStateFormat.Read(bytes);
        return state.IsOk
            ? new SceneDelta(clip, state.Value.Statistics, state.Value.Background, state.Value.Newest, hasMoved: false)
            : state.Error;
    }
}

/// <summary>How far a camera's learning is. Scores are provisional until it is enough.</summary>
/// <param name="Footage">Learned from.</param>
/// <param name="ActiveFrames">Frames in which something moved.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LearningProgress(TimeSpan Footage, long ActiveFrames)
{
    public static TimeSpan FootageNeeded => TimeSpan.FromMinutes(30);

    public const long ActiveFramesNeeded = 1000;

    public bool IsEnough => Footage >= FootageNeeded && ActiveFrames >= ActiveFramesNeeded;
}
