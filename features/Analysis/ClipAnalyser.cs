using Siaga.Analysis.Detection;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Analysis;

/// <param name="Frames">Number of decoded frames.</param>
/// <param name="Seconds">The clip's length in media time.</param>
/// <param name="Labels">Score of every label, in the order of the model's outputs.</param>
/// <param name="Anomaly">True when the sum of the anomaly labels' scores reaches the threshold.</param>
/// <param name="Label">For an anomaly the highest anomaly label; otherwise the highest of all labels.</param>
/// <param name="Confidence">Sum of the anomaly labels' scores, whatever the verdict.</param>
/// <param name="Windows">The scores of each window of the clip.</param>
/// <param name="DecodeMs">Time for decoding, converting and resizing.</param>
/// <param name="InferMs">Time for the model.</param>
public sealed record AnalysisResult(
    int Frames, double Seconds, IReadOnlyDictionary<string, double> Labels, bool Anomaly, string Label, double Confidence,
    IReadOnlyList<Window> Windows, double DecodeMs, double InferMs);

/// <summary>Decodes a clip, selects the frames that a model needs, runs the model and interprets its output. Thread-safe.</summary>
public sealed class ClipAnalyser(IVideoDecoder decoder)
{
    private readonly DetectionPass _pass = new(decoder);

    /// <param name="path">A video file.</param>
    /// <param name="cancellationToken">Checked between frames.</param>
    /// <returns>The result, or the reason why this clip has none.</returns>
    public Result<AnalysisResult> Analyse(string path, ClipModel model, CancellationToken cancellationToken) => _pass.Run(
        path, [new ModelDetector(model)],
        video => new ClipInfo("", DateTimeOffset.UnixEpoch, video.NominalFramesPerSecond, video.HeaderFrames),
        first: null,
        outcome => outcome.Results.OfType<ModelResult>().Single().Answer with { DecodeMs = outcome.Decoding.TotalMilliseconds },
        cancellationToken);
}
