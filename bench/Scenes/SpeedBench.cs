using System.Diagnostics;
using System.Numerics;
using Siaga.Primitives;
using Siaga.Scenes;
using Siaga.Scenes.Motion;
using Siaga.Scenes.OpenCv;
using Siaga.Video;
using Siaga.Video.OpenCv;

namespace Siaga.Bench.Scenes;

/// <summary>The cost of a frame without decoding, also as a ratio to the optical-flow calls of the same run.</summary>
internal static class SpeedBench
{
    public static int Run(string folder)
    {
        var data = new Ped2(folder);
        var (decoder, flow) = (new TimedDecoder(), new Stopwatch());
        var state = new SceneLearner(decoder, () => new TimedTracker(flow)).Learn(data.Training.Take(4).ToList(), null).Value;
        var detector = new SceneDetector(decoder, () => new TimedTracker(flow));
        detector.Score(data.Testing[0], state, _ => { });
        decoder.Clock.Reset();
        flow.Reset();
        var (frames, all) = (0, Stopwatch.StartNew());
        foreach (var clip in data.Testing)
            frames += detector.Score(clip, state, _ => { }).Value.Frames;
        var (total, decoding, flowing) =
            (all.Elapsed.TotalMilliseconds, decoder.Clock.Elapsed.TotalMilliseconds, flow.Elapsed.TotalMilliseconds);
        Console.WriteLine(
            FormattableString.Invariant($"{frames} frames: {(total - decoding) / frames:0.00} ms a frame beside decoding ")
            + FormattableString.Invariant($"({decoding / frames:0.00} ms), of which optical flow {flowing / frames:0.00} ms; ")
            + FormattableString.Invariant($"ratio {(total - decoding) / flowing:0.00}"));
        return 0;
    }

    private sealed class TimedTracker(Stopwatch clock) : IPointTracker
    {
        private readonly OpenCvPointTracker _tracker = new();

        public void Push(ReadOnlySpan<byte> gray, int width, int height)
        {
            clock.Start();
            _tracker.Push(gray, width, height);
            clock.Stop();
        }

        public void Track(ReadOnlySpan<Vector2> points, Span<Vector2> before, Span<bool> found)
        {
            clock.Start();
            _tracker.Track(points, before, found);
            clock.Stop();
        }

        public void Dispose() => _tracker.Dispose();
    }

    private sealed class TimedDecoder : IVideoDecoder
    {
        private readonly OpenCvDecoder _decoder = new();

        public Stopwatch Clock { get; } = new();

        public IVideoReader Open(string path) => Timed(() => new Reader(this, _decoder.Open(path)));

        private T Timed<T>(Func<T> run)
        {
            Clock.Start();
            var result = run();
            Clock.Stop();
            return result;
        }

        private sealed class Reader(TimedDecoder owner, IVideoReader reader) : IVideoReader
        {
            public double NominalFramesPerSecond => reader.NominalFramesPerSecond;

            public int HeaderFrames => reader.HeaderFrames;

            public (int Width, int Height) FrameSize => reader.FrameSize;

            public MediaTime Position => reader.Position;

            public bool Grab() => owner.Timed(reader.Grab);

            public void RetrieveDifference(IHeldFrame? before, FrameFormat format, Span<byte> destination) =>
                reader.RetrieveDifference(before, format, destination);

            public IHeldFrame Hold() => reader.Hold();

            public void Retrieve(FrameFormat format, Span<byte> destination)
            {
                owner.Clock.Start();
                reader.Retrieve(format, destination);
                owner.Clock.Stop();
            }

            public void Dispose() => owner.Timed(() =>
            {
                reader.Dispose();
                return true;
            });
        }
    }
}
