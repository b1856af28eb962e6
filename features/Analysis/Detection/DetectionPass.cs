using System.Diagnostics;
using Siaga.Inference;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Analysis.Detection;

/// <summary>The outcome of all detectors on a clip.</summary>
/// <param name="Length">The clip's length.</param>
/// <param name="Form">The clip's format; null when unknown.</param>
/// <param name="Results">Results of the detectors that ran and did not fail, in the detectors' order.</param>
/// <param name="Decoding">Time spent on decoding, converting and resizing.</param>
/// <param name="Detecting">Time that the detectors spent on anything else.</param>
internal sealed record PassOutcome(
    ClipLength Length, VideoForm? Form, IReadOnlyList<DetectorResult> Results, TimeSpan Decoding, TimeSpan Detecting);

/// <summary>
/// Opens and decodes a clip once and gives each frame to all detectors. When a session guessed the clip's length wrong, the clip is decoded
/// once more for that session alone. Thread-safe.
/// </summary>
internal sealed class DetectionPass(IVideoDecoder decoder)
{
    /// <param name="path">The clip's file.</param>
    /// <param name="detectors">In the order of their results.</param>
    /// <param name="describe">Called when the clip is open; returns what is known of it.</param>
    /// <param name="first">Receives the clip's first frame; may be null.</param>
    /// <param name="finish">Turns the outcome into a result while held frames are still valid.</param>
    /// <param name="cancellationToken">Checked between frames.</param>
    /// <returns>The result of <paramref name="finish"/>, or the reason why the clip cannot be analysed.</returns>
    public Result<T> Run<T>(
        string path, IReadOnlyList<IClipDetector> detectors, Func<IVideoReader, ClipInfo> describe, Action<ICurrentFrame>? first,
        Func<PassOutcome, T> finish, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var readers = new List<IVideoReader>();
        var sessions = new List<Guarded>();
        try
        {
            var reader = Open(path, readers);
            var info = describe(reader);
            foreach (var detector in detectors)
            {
                if (detector.Start(info) is { } session)
                    sessions.Add(new Guarded(session));
            }

            var length = Read(reader, sessions, first, cancellationToken);
            if (length.Frames == 0)
                return new Error(ErrorKind.Invalid, "clip_without_frames", "The clip holds no frame that can be decoded.");
            List<Guarded> again = [.. sessions.Where(s => s.Restart(length))];
            if (again.Count > 0)
                Read(Open(path, readers), again, null, cancellationToken);

            var results = new List<DetectorResult>();
            foreach (var session in sessions)
            {
                if (session.Complete(length) is { } result)
                    results.Add(result);
            }

            if (sessions.FirstOrDefault(s => s is { IsRequired: true, Failure: not null })?.Failure is { } failure)
                return failure;
            if (results.Count == 0 && sessions.FirstOrDefault(s => s.Failure is not null)?.Failure is { } only)
                return only;
            var detecting = TimeSpan.FromTicks(sessions.Sum(s => s.Worked.Ticks));
            return finish(new PassOutcome(length, reader.Form, results, Stopwatch.GetElapsedTime(start) - detecting, detecting));
        }
        catch (VideoException e)
        {
            return new Error(ErrorKind.Invalid, e.Code, e.Message);
        }
        finally
        {
            // Sessions hold frames, which must be disposed before their readers.
            sessions.ForEach(s => s.Dispose());
            readers.ForEach(r => r.Dispose());
        }
    }

    private IVideoReader Open(string path, List<IVideoReader> readers)
    {
        var reader = decoder.Open(path);
        readers.Add(reader);
        return reader;
    }

    private static ClipLength Read(
        IVideoReader reader, List<Guarded> sessions, Action<ICurrentFrame>? first, CancellationToken cancellationToken)
    {
        var (frames, last) = (0, 0.0);
        for (; reader.Grab(); frames++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            last = reader.Position.Seconds;
            if (frames == 0)
                first?.Invoke(reader);
            foreach (var session in sessions)
                session.Add(reader);
        }

        return new ClipLength(frames, frames == 0 ? 0 : last + (1 / reader.NominalFramesPerSecond));
    }

    /// <summary>Wraps a session and keeps its failure instead of throwing it.</summary>
    private sealed class Guarded(IClipSession session) : IDisposable
    {
        private readonly List<IClipSession> _all = [session];

        private IClipSession Newest => _all[^1];

        public Error? Failure { get; private set; }

        public bool IsRequired => Newest.IsRequired;

        public TimeSpan Worked => TimeSpan.FromTicks(_all.Sum(s => s.Worked.Ticks));

        public void Add(ICurrentFrame frame)
        {
            if (Failure is null)
                Guard(() => Newest.Add(frame));
        }

        public bool Restart(ClipLength length)
        {
            if (Failure is not null || Newest.Restart(length) is not { } again)
                return false;
            _all.Add(again);
            return true;
        }

        public DetectorResult? Complete(ClipLength length)
        {
            DetectorResult? result = null;
            if (Failure is null)
            {
                Guard(() =>
                {
                    var completed = Newest.Complete(length);
                    (result, Failure) = completed.IsOk ? (completed.Value, Failure) : (null, completed.Error);
                });
            }

            return result;
        }

        public void Dispose() => _all.ForEach(s => s.Dispose());

        private void Guard(Action work)
        {
            try
            {
                work();
            }
            catch (VideoException e)
            {
                Failure = new Error(ErrorKind.Invalid, e.Code, e.Message);
            }
            catch (InferenceException e)
            {
                Failure = new Error(ErrorKind.Invalid, "inference_failed", e.Message);
            }
        }
    }
}
