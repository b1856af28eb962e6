using Siaga.Scenes.Motion;
using Siaga.Scenes.Scoring;

namespace Siaga.Scenes.Learning;

/// <summary>
/// Learns from normal footage in one pass and scores it with models that did not see it: four folds by time, each scored by a model of the
/// other three (and the camera's past). Memory is bounded: of long footage only a part is kept for scoring.
/// </summary>
internal sealed class LearningSession(SceneGrid grid)
{
    private const int Folds = 4;
    private const int MostSegments = 32;
    private const int MostFramesASegment = 4000;
    private const double SegmentSeconds = 10;

    // Seconds of footage for each peak, the highest score in them.
    private const double PeakSeconds = 10;

    private readonly List<Segment> _segments = [];
    private double _longest = SegmentSeconds;
    private bool _isCut = true;

    private sealed class Segment(SceneGrid grid)
    {
        public SceneStatistics Statistics { get; } = new(grid);

        public List<TapedFrame> Tape { get; } = [];

        public double Seconds { get; set; }

        public bool IsLong => Tape.Count >= MostFramesASegment;
    }

    /// <summary>Call before the first frame of another clip.</summary>
    public void Cut() => _isCut = true;

    public void Add(CellFrame frame, ReadOnlySpan<byte> thumbnail, float noise)
    {
        if (_isCut || _segments[^1].Seconds >= _longest)
            Begin();
        _isCut = false;
        var segment = _segments[^1];
        segment.Seconds += frame.Gap;
        segment.Statistics.Milliseconds += (long)Math.Round(frame.Gap * 1000);
        if (!segment.IsLong)
            segment.Tape.Add(new TapedFrame(frame, thumbnail));
        if (frame.IsUpset)
            return;
        segment.Statistics.Add(frame, noise);
        segment.Statistics.Exemplars.Offer(thumbnail, 0, 1, segment.Statistics.Frames);
    }

    /// <summary>Everything that was learned, calibrated on held-out footage.</summary>
    /// <param name="past">What was known before, or null.</param>
    public SceneStatistics Finish(SceneStatistics? past)
    {
        var learned = new SceneStatistics(grid);
        foreach (var segment in _segments)
            learned.Merge(segment.Statistics);
        var scores = _segments.Count == 0 ? [] : HeldOutScores(past);
        foreach (var (_, _, values) in scores)
        {
            for (var k = 0; k < Attributes.Count; k++)
                learned.HeldOut[k].Add(values[k]);
        }

        var known = new SceneStatistics(grid);
        known.Merge(learned);
        if (past is not null)
            known.Merge(past);
        var fusion = new Fusion(known);
        Summarise(learned, scores, fusion);
        return learned;
    }

    private static void Summarise(SceneStatistics learned, List<(int Segment, double Gap, AttributeScores Values)> scores, Fusion fusion)
    {
        var (peak, seconds) = (0.0, 0.0);
        foreach (var (_, gap, values) in scores)
        {
            var fused = fusion.Of(values, out _);
            learned.Fused.Add(fused);
            peak = Math.Max(peak, fused);
            seconds += gap;
            if (seconds < PeakSeconds)
                continue;
            learned.Peaks.Add(peak);
            (peak, seconds) = (0, 0);
        }
    }

    private List<(int Segment, double Gap, AttributeScores Values)> HeldOutScores(SceneStatistics? past)
    {
        var frames = _segments.Sum(s => (double)s.Statistics.Frames);
        var folds = new int[_segments.Count];
        var before = 0.0;
        for (var i = 0; i < folds.Length; i++)
        {
            folds[i] = (int)Math.Min(Folds * (before + (_segments[i].Statistics.Frames / 2.0)) / Math.Max(frames, 1), Folds - 1);
            before += _segments[i].Statistics.Frames;
        }

        var scores = new List<(int, double, AttributeScores)>();
        var frame = new CellFrame(grid);
        foreach (var fold in folds.Distinct())
        {
            var others = new SceneStatistics(grid);
            if (past is not null)
                others.Merge(past);
            for (var i = 0; i < folds.Length; i++)
            {
                // Footage too short to split is scored by its own model: better than nothing, and provisional in any case.
                if (folds[i] != fold || folds.All(f => f == fold))
                    others.Merge(_segments[i].Statistics);
            }

            var scorer = new MomentScorer(new SceneModel(others));
            for (var i = 0; i < folds.Length; i++)
            {
                if (folds[i] != fold)
                    continue;
                scorer.Cut();
                foreach (var taped in _segments[i].Tape)
                {
                    taped.CopyTo(frame);
                    var values = scorer.Next(frame, taped.Thumbnail);
                    if (!frame.IsUpset && frame.Gap > 0)
                        scores.Add((i, frame.Gap, values));
                }
            }
        }

        return scores;
    }

    private void Begin()
    {
        if (_segments.Count == MostSegments)
        {
            // Neighbouring segments are joined; from now on segments are twice as long.
            for (var i = 0; i < MostSegments / 2; i++)
            {
                var (left, right) = (_segments[i], _segments[i + 1]);
                left.Statistics.Merge(right.Statistics);
                left.Seconds += right.Seconds;
                left.Tape.AddRange(right.Tape.Take(MostFramesASegment - left.Tape.Count));
                _segments.RemoveAt(i + 1);
            }

            _longest *= 2;
        }

        _segments.Add(new Segment(grid));
    }
}
