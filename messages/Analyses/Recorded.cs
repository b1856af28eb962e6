namespace Siaga.Messages;

/// <summary>What the Backend stored of a report.</summary>
/// <param name="AnalysisId">The task's analysis.</param>
/// <param name="AnomalyId">Null when the clip is normal.</param>
/// <param name="Created">False when the task already had a result.</param>
/// <param name="HasPicture">True when the anomaly's picture is stored; if not, the worker stores it and reports it.</param>
public sealed record Recorded(long AnalysisId, long? AnomalyId, bool Created, bool HasPicture = false)
{
    /// <summary>What the camera's next clip is to be compared with; only for a report with a <c>scene</c>.</summary>
    public SceneInfo? Scene { get; init; }
}
