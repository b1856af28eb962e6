using System.Diagnostics.Metrics;
using Siaga.Analysis.Detection;

namespace Siaga.Analysis;

/// <summary>Measures how long analyses take, by result.</summary>
internal sealed class AnalysisMetrics : IDisposable
{
    private static readonly InstrumentAdvice<double> s_buckets = new()
    {
        HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    private readonly Meter _meter = new(AnalysisFeature.MeterName);
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _decode;
    private readonly Histogram<double> _infer;

    public AnalysisMetrics()
    {
        _duration = _meter.CreateHistogram(
            "siaga.analysis.duration", "s", "From taking a task to its result, by result.", advice: s_buckets);
        _decode = _meter.CreateHistogram("siaga.analysis.decode", "s", "Decoding, converting and resizing a clip.", advice: s_buckets);
        _infer = _meter.CreateHistogram(
            "siaga.analysis.infer", "s", "The detectors, a clip: the model, and the scene with its own decoding.", advice: s_buckets);
    }

    public void Analysed(TimeSpan duration, ClipFindings result)
    {
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("result", result.Anomaly ? "anomaly" : "normal"));
        _decode.Record(result.DecodeMs / 1000);
        _infer.Record(result.InferMs / 1000);
    }

    public void Failed(TimeSpan duration) => _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("result", "failed"));

    public void Dispose() => _meter.Dispose();
}
