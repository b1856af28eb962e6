using Siaga.Analysis.Scenes;
using Siaga.Messages;

namespace Siaga.Analysis.Detection;

/// <summary>
/// What all detectors found in a clip. The report's older fields, which hold one verdict for each clip, are derived only here: the verdict
/// is the model's when it raises an alarm or ran alone, otherwise that of the first detector that raises one.
/// </summary>
internal sealed record ClipFindings
{
    private const string Calm = "normal";

    private readonly PassOutcome _outcome;
    private readonly Finding? _verdict;

    public ClipFindings(PassOutcome outcome)
    {
        _outcome = outcome;
        Model = outcome.Results.OfType<ModelResult>().FirstOrDefault()?.Answer;
        Scene = outcome.Results.OfType<SceneResult>().FirstOrDefault();
        Findings =
        [
            .. outcome.Results.SelectMany(r => r.Findings)
                .OrderByDescending(f => f.Alarm).ThenByDescending(f => f.Score / f.Threshold)
                .Take(Finding.MostInReport)
                .OrderBy(f => f.FromS),
        ];
        _verdict = Findings.OrderBy(f => f.Detector == Detectors.Model ? 0 : 1).FirstOrDefault(f => f.Alarm);
        Form = outcome.Form is { } form ? new ClipForm(form.Codec, form.PixelFormat, form.Container) : null;
    }

    /// <summary>Null when no model is configured.</summary>
    public AnalysisResult? Model { get; }

    /// <summary>Null when the scene detector did not run.</summary>
    public SceneResult? Scene { get; }

    /// <summary>The clip's format; null when unknown.</summary>
    public ClipForm? Form { get; }

    /// <summary>A JPEG of the strongest moment; null when the clip is normal or has no frame to show.</summary>
    public byte[]? Picture { get; init; }

    /// <summary>A JPEG of the first frame; null when none was due or the frame cannot be converted.</summary>
    public byte[]? CameraPicture { get; init; }

    /// <summary>
    /// The findings of every detector. Of more than a report holds, the alarms stay, then the highest scores relative to their threshold.
    /// </summary>
    public IReadOnlyList<Finding> Findings { get; }

    public bool Anomaly => _verdict is not null;

    /// <summary>The detector that gave the verdict; without an alarm, the one whose score is reported.</summary>
    public string Detector => _verdict?.Detector ?? (Model is null ? Detectors.Scene : Detectors.Model);

    public string Label => _verdict?.Type ?? Model?.Label ?? Calm;

    public double Confidence => _verdict is not null && !IsModels
        ? _verdict.Confidence()
        : Model?.Confidence ?? Scene?.Report.Confidence() ?? 0;

    /// <summary>Scores of all labels: the model's, and those of the other detectors' alarms.</summary>
    public IReadOnlyDictionary<string, double> Labels
    {
        get
        {
            var labels = new Dictionary<string, double>(
                Model?.Labels ?? new Dictionary<string, double>(StringComparer.Ordinal), StringComparer.Ordinal);
            foreach (var finding in OtherAlarms)
                labels[finding.Type] = finding.Confidence();
            if (Model is null && Scene is { Report: { Alarm: false } calm })
                labels[calm.Label()] = calm.Confidence();
            return labels;
        }
    }

    /// <summary>The model's windows, and one window for each alarm of another detector.</summary>
    public IReadOnlyList<Window> Windows =>
    [
        .. Model?.Windows ?? [],
        .. OtherAlarms.Select(f => new Window(
            f.FromS, f.ToS, new Dictionary<string, double>(StringComparer.Ordinal) { [f.Type] = f.Confidence() })),
    ];

    public int Frames => Model?.Frames ?? Scene?.Frames ?? _outcome.Length.Frames;

    public double Seconds => Model?.Seconds ?? Scene?.Seconds ?? _outcome.Length.Seconds;

    /// <summary>Time for decoding, converting and resizing, in milliseconds.</summary>
    public double DecodeMs => _outcome.Decoding.TotalMilliseconds;

    /// <summary>Time for all detectors, in milliseconds.</summary>
    public double InferMs => _outcome.Detecting.TotalMilliseconds;

    /// <summary>The moment to show for the verdict; null when there is none.</summary>
    public Highlight? Highlight
    {
        get
        {
            if (_verdict is not { } verdict)
                return null;
            var own = _outcome.Results.FirstOrDefault(r => r.Findings.Contains(verdict))?.Highlight;

            // A model's window is long, and its middle may show nothing; the scene detector's most unusual moment shows more.
            return IsModels && own is not null && Scene is { Report.Score: > 0, Highlight: { } scene }
                && scene.Frame.Position.Seconds >= verdict.FromS && scene.Frame.Position.Seconds < verdict.ToS
                ? own with { Frame = scene.Frame }
                : own;
        }
    }

    private bool IsModels => _verdict?.Detector == Detectors.Model;

    private IEnumerable<Finding> OtherAlarms => Findings.Where(f => f is { Alarm: true, Detector: not Detectors.Model });
}
