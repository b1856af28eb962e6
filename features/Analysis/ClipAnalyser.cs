using Siaga.Analysis.Detection;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Analysis;

/// <param name="Frames">Really decoded.</param>
/// <param name="Seconds">Length in media time.</param>
/// <param name="Labels">Score of every label, in the order of the outputs.</param>
/// <param name="Anomaly">The anomalies' scores reach the threshold.</param>
/// <param name="Label">The highest of the anomalies' labels when it is one, else the highest of all.</param>
/// <param name="Confidence">The sum of the anomalies' scores, whatever the verdict.</param>
/// <param name="Windows">What part of the clip each answer is about.</param>
/// <param name="DecodeMs">Decoding, converting and resizing.</param>
/// <param name="InferMs">The model.</param>
public sealed record AnalysisResult(
    int Frames, double Seconds, IReadOnlyDictionary<string, double> Labels, bool Anomaly, string Label, double Confidence,
    IReadOnlyList<AnalysisWindow> Windows, double DecodeMs, double InferMs);

/// <param name="FromS">Seconds from the clip's first frame.</param>
/// <param name="ToS">Seconds from the clip's first frame.</param>
/// <param name="Labels">Score of every label.</param>
public sealed record AnalysisWindow(double FromS, double ToS, IReadOnlyDictionary<string, double> Labels);

/// <summary>Decodes a clip, takes the frames that a model wants, asks it and says what its answer means. Safe for several threads.</summary>
public sealed class ClipAnalyser(IVideoDecoder decoder)
{
    private readonly DetectionPass _pass = new(decoder);

    /// <param name="path">A file.</param>
    /// <param name="model">The model to ask.</param>
    /// <param name="cancellationToken">Looked at between frames.</param>
    /// <returns>The result, or why this clip has none.</returns>
    public Result<AnalysisResult> Analyse(string path, ClipModel model, CancellationToken cancellationToken) => _pass.Run(
        path, [new ModelDetector(model)],
        video => new ClipInfo("", DateTimeOffset.UnixEpoch, video.NominalFramesPerSecond, video.HeaderFrames),
        first: null,
        outcome => outcome.Results.OfType<ModelResult>().Single().Answer with { DecodeMs = outcome.Decoding.TotalMilliseconds },
        cancellationToken);
}
