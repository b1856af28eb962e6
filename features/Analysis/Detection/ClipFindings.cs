using Siaga.Analysis.Scenes;
using Siaga.Messages;
using Siaga.Web;

namespace Siaga.Analysis.Detection;

/// <summary>
/// What all detectors found in a clip. The report's older fields, which know one verdict a clip, are derived here and nowhere else: the verdict is
/// the model's where it raises an alarm or looked alone, otherwise that of the first detector that raises one.
/// </summary>
internal sealed record ClipFindings
{
    private const string Calm = "normal";

    private readonly PassOutcome _outcome;

    public ClipFindings(PassOutcome outcome)
    {
        _outcome = outcome;
        Model = outcome.Results.OfType<ModelResult>().FirstOrDefault()?.Answer;
        Scene = outcome.Results.OfType<SceneResult>().FirstOrDefault();
        Findings =
        [
            .. outcome.Results.SelectMany(r => r.Findings)
                .OrderByDescending(f => f.Alarm).ThenByDescending(f => f.Score / f.Threshold).Take(Finding.MostInReport).OrderBy(f => f.FromS),
        ];
        Form = outcome.Form is { } form ? new ClipForm(form.Codec, form.PixelFormat, form.Container) : null;
    }

    /// <summary>Null: no model is configured.</summary>
    public AnalysisResult? Model { get; }

    /// <summary>Null: the scene detector did not look.</summary>
    public SceneResult? Scene { get; }

    /// <summary>What the file is; null: not known.</summary>
    public ClipForm? Form { get; }

    /// <summary>A JPEG file of the strongest moment; null: the clip is normal, or has no frame to show.</summary>
    public byte[]? Picture { get; init; }

    /// <summary>A JPEG file of the first frame; null: none was due, or it cannot be converted.</summary>
    public byte[]? CameraPicture { get; init; }

    /// <summary>Of every detector. Of more than a report holds, the alarms and then the strongest by their own detector's measure stay.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    public bool Anomaly => Verdict is not null;

    /// <summary>Whose verdict it is, and whose score is told where there is none.</summary>
    public string Detector => Verdict?.Detector ?? (Model is null ? "scene" : "model");

    public string Label => Verdict?.Type ?? Model?.Label ?? Calm;

    public double Confidence => Verdict is not null && !IsModels ? ConfidenceOf(Verdict) : Model?.Confidence ?? Scene?.Report.Confidence() ?? 0;

    /// <summary>Every label's score: the model's, and those of the other detectors' alarms.</summary>
    public IReadOnlyDictionary<string, double> Labels
    {
        get
        {
            var labels = new Dictionary<string, double>(Model?.Labels ?? new Dictionary<string, double>(StringComparer.Ordinal), StringComparer.Ordinal);
            foreach (var finding in OtherAlarms)
                labels[finding.Type] = ConfidenceOf(finding);
            if (Model is null && Scene is { Report: { Alarm: false } calm })
                labels[calm.Label()] = calm.Confidence();
            return labels;
        }
    }

    /// <summary>The model's windows, and a window for each other detector's alarm.</summary>
    public IReadOnlyList<AnalysisWindow> Windows =>
    [
        .. Model?.Windows ?? [],
        .. OtherAlarms.Select(f => new AnalysisWindow(f.FromS, f.ToS, new Dictionary<string, double>(StringComparer.Ordinal) { [f.Type] = ConfidenceOf(f) })),
    ];

    public int Frames => Model?.Frames ?? Scene?.Frames ?? _outcome.Length.Frames;

    public double Seconds => Model?.Seconds ?? Scene?.Seconds ?? _outcome.Length.Seconds;

    /// <summary>Decoding, converting and resizing. Milliseconds.</summary>
    public double DecodeMs => _outcome.Decoding.TotalMilliseconds;

    /// <summary>All detectors. Milliseconds.</summary>
    public double InferMs => _outcome.Detecting.TotalMilliseconds;

    /// <summary>The moment to show of the verdict; null: there is none.</summary>
    public Highlight? Highlight
    {
        get
        {
            if (Verdict is not { } verdict)
                return null;
            var own = _outcome.Results.FirstOrDefault(r => r.Findings.Contains(verdict))?.Highlight;

            // A model's long window does not say when in it; the scene's most unusual moment does better than its middle.
            return IsModels && own is not null && Scene is { Report.Score: > 0, Highlight: { } scene }
                && scene.Frame.Position.Seconds >= verdict.FromS && scene.Frame.Position.Seconds < verdict.ToS
                ? own with { Frame = scene.Frame }
                : own;
        }
    }

    private Finding? Verdict => Findings.OrderBy(f => f.Detector == "model" ? 0 : 1).FirstOrDefault(f => f.Alarm);

    private bool IsModels => Verdict?.Detector == "model";

    private IEnumerable<Finding> OtherAlarms => Findings.Where(f => f is { Alarm: true, Detector: not "model" });

    /// <summary>0 to 1: a half at the threshold, more above it.</summary>
    private static double ConfidenceOf(Finding finding) =>
        finding.Score <= 0 ? 0 : finding.Score / (finding.Score + Math.Max(finding.Threshold, SceneReport.LeastThreshold));
}
