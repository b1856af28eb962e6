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
            var inferring = TimeSpan.Zero;
            var (answers, windows) = (new List<double[]>(), new List<AnalysisWindow>());
            var length = new FrameSampler(decoder, model).Read(path, Ask, cancellationToken);
            if (!length.IsOk)
                return length.Error;
            var decoding = Stopwatch.GetElapsedTime(start) - inferring;
            var verdict = Verdict.Of(model.Manifest, answers, model.Labels);
            if (!verdict.IsOk)
                return verdict.Error;
            return new AnalysisResult(
                length.Value.Frames, length.Value.Seconds, verdict.Value.Labels, verdict.Value.Anomaly, verdict.Value.Label,
                verdict.Value.Confidence, windows, decoding.TotalMilliseconds, inferring.TotalMilliseconds);

            void Ask(Sample sample)
            {
                var asked = Stopwatch.GetTimestamp();
                var output = model.Inference.Run([new Tensor([1, model.Frames, model.Height, model.Width, model.Channels], sample.Values)])[0];
                inferring += Stopwatch.GetElapsedTime(asked);
                double[] scores = [.. output.Values.ToArray().Select(v => (double)v)];
                answers.Add(scores);
                var labelled = model.Labels.Zip(scores).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
                windows.Add(new AnalysisWindow(sample.FromS, sample.ToS, labelled));
            }
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
}
