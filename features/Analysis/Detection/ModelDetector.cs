using System.Diagnostics;
using System.Globalization;
using Siaga.Inference;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Analysis.Detection;

/// <summary>A model's result for a clip.</summary>
/// <param name="Answer">The scores and the verdict.</param>
internal sealed record ModelResult(IReadOnlyList<Finding> Findings, AnalysisResult Answer) : DetectorResult(Findings);

/// <summary>Runs a Keras model on the frames that its manifest selects.</summary>
/// <param name="model">Null when no model is configured; then no clip is analysed.</param>
internal sealed class ModelDetector(ClipModel? model) : IClipDetector
{
    public string Name => Detectors.Model;

    public IClipSession? Start(ClipInfo clip) => model is null ? null : new Session(model, clip, counted: null);

    /// <param name="counted">Number of frames, counted in an earlier pass; null: use the header's number as a guess.</param>
    private sealed class Session(ClipModel model, ClipInfo clip, int? counted) : IClipSession
    {
        // Columns of the score strip below the picture: a model has one score for each window, not for each frame.
        private const int StripColumns = 240;

        private readonly PixelScale _scale = new(model.Manifest.Scale);
        private readonly FrameSelection _selection = FrameSelection.Of(model.Manifest, model.Frames, counted ?? clip.HeaderFrames);
        private readonly FrameWindow _window = new(model.Frames, new(model.Width, model.Height, ResizeOf(model.Manifest), ColourOf(model)));
        private readonly HeldFrames _held = new(model.Frames);
        private readonly List<double[]> _answers = [];
        private readonly List<Window> _windows = [];
        private readonly double _frameSeconds = 1 / clip.NominalFramesPerSecond;
        private IHeldFrame? _before;
        private (Window Window, IHeldFrame? Frame, double Score)? _strongest;
        private int _index;

        public bool IsRequired => true;

        public TimeSpan Worked { get; private set; }

        public void Add(ICurrentFrame frame)
        {
            if (_selection.Wants(_index))
            {
                Take(frame);
                _held.Offer(frame);
                if (_selection.Completes(_index))
                    Ask();
            }

            if (model.Manifest.Difference)
            {
                _before?.Dispose();
                _before = _selection.Wants(_index + 1) ? frame.Hold() : null;
            }

            _index++;
        }

        public IClipSession? Restart(ClipLength length) =>
            counted is null && !IsTooShort(length) && !_selection.HoldsFor(length.Frames) ? new Session(model, clip, length.Frames) : null;

        public Result<DetectorResult> Complete(ClipLength length)
        {
            if (IsTooShort(length))
            {
                return new Error(
                    ErrorKind.Invalid, "clip_too_short", $"The clip has {length.Frames} frames; the model needs {model.Frames}.");
            }

            if (model.Manifest.Select != "window" || length.Frames < model.Frames)
                Ask();
            var verdict = Verdict.Of(model.Manifest, _answers, model.Labels);
            if (!verdict.IsOk)
                return verdict.Error;
            var (labels, anomaly, label, confidence) = verdict.Value;
            var answer = new AnalysisResult(
                length.Frames, length.Seconds, labels, anomaly, label, confidence, _windows, 0, Worked.TotalMilliseconds);
            return new ModelResult(anomaly ? [FindingOf(answer)] : [], answer) { Highlight = HighlightOf(answer) };
        }

        public void Dispose()
        {
            _before?.Dispose();
            _held.Dispose();
        }

        private bool IsTooShort(ClipLength length) => length.Frames < model.Frames && model.Manifest.ShortClip == "reject";

        private void Take(ICurrentFrame frame)
        {
            var target = _window.Add(frame.Position.Seconds);
            if (model.Manifest.Difference)
                frame.RetrieveDifference(_before, _window.Format, target);
            else
                frame.Retrieve(_window.Format, target);
        }

        private void Ask()
        {
            var start = Stopwatch.GetTimestamp();
            var values = _window.ToValues(_scale, model.Manifest.ShortClip == "repeat_last");
            var output = model.Inference.Run([new Tensor([1, model.Frames, model.Height, model.Width, model.Channels], values)])[0];
            Worked += Stopwatch.GetElapsedTime(start);
            double[] scores = [.. output.Values.ToArray().Select(v => (double)v)];
            var labelled = model.Labels.Zip(scores).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
            var window = new Window(_window.FromS, _window.LastS + _frameSeconds, labelled);
            _answers.Add(scores);
            _windows.Add(window);
            var score = AnomalyScore(window);
            if (_strongest is null || score > _strongest.Value.Score)
                _strongest = (window, _held.KeepNearest((window.FromS + window.ToS) / 2), score);
        }

        private double AnomalyScore(Window window) => window.Labels.Where(l => model.Manifest.IsAnomaly(l.Key)).Sum(l => l.Value);

        private Finding FindingOf(AnalysisResult answer)
        {
            var (from, to) = (_strongest!.Value.Window.FromS, _strongest.Value.Window.ToS);
            var at = _strongest.Value.Frame?.Position.Seconds ?? (from + to) / 2;
            return new Finding(Detectors.Model, answer.Label, answer.Confidence, model.Manifest.Threshold, from, to, at, Alarm: true);
        }

        private Highlight? HighlightOf(AnalysisResult answer)
        {
            if (_strongest?.Frame is not { } frame)
                return null;
            var caption = string.Create(CultureInfo.InvariantCulture, $"{answer.Label} {answer.Confidence:0.00}, by {model.Name}");
            return new Highlight(frame, caption, StripOf(answer.Seconds), model.Manifest.Threshold);
        }

        private double[] StripOf(double seconds)
        {
            var strip = new double[StripColumns];
            foreach (var window in _windows)
            {
                var score = AnomalyScore(window);
                for (var i = 0; i < strip.Length; i++)
                {
                    var at = seconds * (i + 0.5) / strip.Length;
                    if (at >= window.FromS && at <= window.ToS)
                        strip[i] = Math.Max(strip[i], score);
                }
            }

            return strip;
        }
    }

    private static ResizeMethod ResizeOf(ModelManifest manifest) => manifest.Resize switch
    {
        "area" => ResizeMethod.Area,
        "nearest" => ResizeMethod.Nearest,
        "cubic" => ResizeMethod.Cubic,
        _ => ResizeMethod.Linear,
    };

    private static ColourOrder ColourOf(ClipModel model) => (model.Manifest.Colour ?? (model.Channels == 1 ? "gray" : "bgr")) switch
    {
        "rgb" => ColourOrder.Rgb,
        "gray" => ColourOrder.Gray,
        _ => ColourOrder.Bgr,
    };
}
