using Siaga.Analysis.Scenes;
using Siaga.Web;

namespace Siaga.Analysis;

/// <summary>What the detectors that looked at a clip found, and whose verdict it is: a model's, where it raises an alarm or looked alone; otherwise the scene's alarm.</summary>
/// <param name="Model">Null: no model is configured.</param>
/// <param name="Watched">Null: the scene detector did not look.</param>
internal sealed record ClipFindings(AnalysisResult? Model, WatchedClip? Watched)
{
    private const string Calm = "normal";

    /// <summary>How long the scene detector took, decoding included. Milliseconds.</summary>
    public double WatchMs { get; init; }

    /// <summary>What the file is; null: not known.</summary>
    public ClipForm? Form { get; init; }

    public bool IsScenes => Model is null || (!Model.Anomaly && SceneAlarms);

    public string Detector => IsScenes ? "scene" : "model";

    public bool Anomaly => Model?.Anomaly == true || SceneAlarms;

    public string Label => !IsScenes ? Model!.Label : SceneAlarms ? Watched!.Report.Label() : Calm;

    public double Confidence => IsScenes ? Watched!.Report.Confidence() : Model!.Confidence;

    /// <summary>Every label's score, the model's and the scene's.</summary>
    public IReadOnlyDictionary<string, double> Labels
    {
        get
        {
            var labels = new Dictionary<string, double>(Model?.Labels ?? new Dictionary<string, double>(StringComparer.Ordinal), StringComparer.Ordinal);
            if (Watched is { } watched && (SceneAlarms || Model is null))
                labels[watched.Report.Label()] = watched.Report.Confidence();
            return labels;
        }
    }

    /// <summary>The model's windows, and the scene's alarm as one more.</summary>
    public IReadOnlyList<AnalysisWindow> Windows => Watched is { Alarm: { } alarm } watched
        ? [.. Model?.Windows ?? [], new AnalysisWindow(alarm.FromS, alarm.ToS, new Dictionary<string, double>(StringComparer.Ordinal) { [watched.Report.Label()] = watched.Report.Confidence() })]
        : Model?.Windows ?? [];

    public int Frames => Model?.Frames ?? Watched!.Frames;

    public double Seconds => Model?.Seconds ?? Watched!.Seconds;

    public double DecodeMs => Model?.DecodeMs ?? 0;

    public double InferMs => (Model?.InferMs ?? 0) + WatchMs;

    private bool SceneAlarms => Watched?.Report.Alarm == true;
}
