using System.Runtime.InteropServices;
using Siaga.Primitives;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Scoring;

namespace Siaga.Scenes;

/// <summary>
/// Everything that is known of a camera, as an immutable version. What workers learn from it is merged into the next version
/// (<see cref="Merge"/>). Thread-safe.
/// </summary>
public sealed class SceneState
{
    private readonly Lazy<(SceneModel, Fusion)> _scoring;

    internal SceneState(int version, SceneStatistics statistics, byte[] background, double noise, DateTimeOffset newest)
    {
        (Version, Statistics, Background, Noise, Newest) = (version, statistics, background, noise, newest);
        _scoring = new(() => (new SceneModel(statistics), new Fusion(statistics)));
    }

    /// <summary>Days after which learned footage counts half.</summary>
    internal const double HalfLifeDays = 7;

    /// <summary>From 1.</summary>
    public int Version { get; }

    public SceneGrid Grid => Statistics.Grid;

    /// <summary>Capture time of the newest footage learned.</summary>
    public DateTimeOffset Newest { get; }

    /// <summary>The learning progress.</summary>
    public LearningProgress Progress => new(TimeSpan.FromMilliseconds(Statistics.Milliseconds), Statistics.ActiveFrames);

    /// <summary>The score that this share of held-out normal frames exceeds.</summary>
    /// <param name="falseAlarms">0 to 1.</param>
    public double ThresholdAt(double falseAlarms) => Statistics.Fused.Quantile(1 - falseAlarms);

    /// <summary>
    /// The score that this many ten-second parts of a day of normal footage reach, estimated from the tail of the held-out ones.
    /// </summary>
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

    /// <summary>The statistics prepared for scoring, at first use.</summary>
    internal (SceneModel Model, Fusion Fusion) Scoring => _scoring.Value;

    /// <summary>The empty scene at <see cref="Newest"/>, a byte for each pixel.</summary>
    internal byte[] Background { get; }

    /// <summary>Median difference of the camera's pictures from its background, in grey levels; sets the foreground's threshold.</summary>
    internal double Noise { get; }

    /// <summary>The next version: this one and what any worker has learned since, in any order.</summary>
    /// <param name="learned">Deltas of this camera. A duplicate counts once.</param>
    public SceneState Merge(IEnumerable<SceneDelta> learned)
    {
        var deltas = learned.Where(d => d.Statistics.Grid == Grid && !d.HasMoved)
            .DistinctBy(d => d.Clip)
            .OrderBy(d => d.Newest).ThenBy(d => d.Clip, StringComparer.Ordinal)
            .ToList();
        if (deltas.Count == 0)
            return this;
        var newest = deltas[^1].Newest > Newest ? deltas[^1].Newest : Newest;
        var merged = new SceneStatistics(Grid);
        merged.Merge(Statistics);

        // Forgetting follows the footage's own time, and one merge forgets a half at most: a camera that was off for a month keeps what it
        // learned. Footage learned from files has no time of its own, and counts as new as the first clip after it.
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

/// <summary>What a clip taught, to be merged into a state.</summary>
public sealed class SceneDelta
{
    internal SceneDelta(string clip, SceneStatistics statistics, byte[] background, DateTimeOffset newest, bool hasMoved) =>
        (Clip, Statistics, Background, Newest, HasMoved) = (clip, statistics, background, newest, hasMoved);

    /// <summary>The clip's name; the deduplication key of a merge.</summary>
    public string Clip { get; }

    /// <summary>When the clip was captured.</summary>
    public DateTimeOffset Newest { get; }

    /// <summary>The view differs from the learned one. Such a delta is not merged: the camera should start anew.</summary>
    public bool HasMoved { get; }

    internal SceneStatistics Statistics { get; }

    internal byte[] Background { get; }

    /// <summary>A state that contains only what the clip taught, for storage; its progress is the clip's.</summary>
    public SceneState ToState() => new(1, Statistics, Background, 0, Newest);

    /// <summary>Reads a delta whose <see cref="ToState"/> was stored.</summary>
    /// <param name="clip">The clip's name.</param>
    /// <param name="bytes">The result of <see cref="SceneState.ToBytes"/>.</param>
    /// <returns>What the clip taught, or the reason why the bytes are not a state.</returns>
    public static Result<SceneDelta> Read(string clip, ReadOnlySpan<byte> bytes)
    {
        var state = SceneStateFormat.Read(bytes);
        return state.IsOk
            ? new SceneDelta(clip, state.Value.Statistics, state.Value.Background, state.Value.Newest, hasMoved: false)
            : state.Error;
    }
}

/// <summary>How far a camera's learning is. Scores are provisional until it is enough.</summary>
/// <param name="Footage">Footage learned from.</param>
/// <param name="ActiveFrames">Number of frames with motion.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LearningProgress(TimeSpan Footage, long ActiveFrames)
{
    public static TimeSpan FootageNeeded => TimeSpan.FromMinutes(30);

    public const long ActiveFramesNeeded = 1000;

    public bool IsEnough => Footage >= FootageNeeded && ActiveFrames >= ActiveFramesNeeded;
}
