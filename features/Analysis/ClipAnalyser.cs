using System.Diagnostics;
using Siaga.Inference;
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

/// <summary>Decodes a clip, takes the frames that the model wants, asks it and says what its answer means. Safe to use from several threads.</summary>
public sealed class ClipAnalyser(IVideoDecoder decoder)
{
    /// <returns>The result, or why this clip has none.</returns>
    public Result<AnalysisResult> Analyse(string path, ClipModel model, CancellationToken cancellationToken)
    {
        try
        {
            var start = Stopwatch.GetTimestamp();
            var taken = FrameSampler.Take(decoder, path, model, cancellationToken);
            if (!taken.IsOk)
                return taken.Error;
            var decoded = Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            var output = model.Inference.Run([new Tensor([1, model.Frames, model.Height, model.Width, model.Channels], taken.Value.Values)])[0];
            var inferred = Stopwatch.GetElapsedTime(start);
            return Verdict(model, output, taken.Value, decoded, inferred);
        }
        catch (VideoException e)
        {
            return new Error(ErrorKind.Invalid, e.Code, e.Message);
        }
        catch (InferenceException e)
        {
            return new Error(ErrorKind.Invalid, "inference_failed", e.Message);
        }
    }

    private static Result<AnalysisResult> Verdict(ClipModel model, Tensor output, Sample sample, TimeSpan decoded, TimeSpan inferred)
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < model.Labels.Count; i++)
            scores[model.Labels[i]] = output.Values.Span[i];
        if (scores.Values.Any(s => !double.IsFinite(s)))
            return new Error(ErrorKind.Invalid, "scores_not_finite", "The model answered with numbers that are none (NaN or infinite).");
        var confidence = scores.Where(s => model.Manifest.IsAnomaly(s.Key)).Sum(s => s.Value);
        var anomaly = confidence >= model.Manifest.Threshold;
        var label = scores.Where(s => !anomaly || model.Manifest.IsAnomaly(s.Key)).MaxBy(s => s.Value).Key;
        return new AnalysisResult(
            sample.Frames, sample.Seconds, scores, anomaly, label, confidence, [new AnalysisWindow(sample.FromS, sample.ToS, scores)],
            decoded.TotalMilliseconds, inferred.TotalMilliseconds);
    }
}
