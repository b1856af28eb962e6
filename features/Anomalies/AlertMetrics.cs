using System.Diagnostics.Metrics;
using Siaga.Messages;

namespace Siaga.Anomalies;

/// <summary>Measures the time to alert: from a clip's arrival to its stored result.</summary>
internal sealed class AlertMetrics : IDisposable
{
    private static readonly InstrumentAdvice<double> s_buckets = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1800, 7200],
    };

    private readonly Meter _meter = new(AnomaliesFeature.MeterName);
    private readonly Histogram<double> _timeToAlert;

    public AlertMetrics() => _timeToAlert = _meter.CreateHistogram(
        "siaga.time_to_alert", "s", "From a clip's arrival to its stored result, by result.", advice: s_buckets);

    public void Reported(Analysis analysis) => _timeToAlert.Record(
        Math.Max((analysis.ReportedAt - analysis.ReceivedAt).TotalSeconds, 0),
        new KeyValuePair<string, object?>(
            "result", analysis.State == AnalysisState.Failed ? "failed" : analysis.Anomaly ? "anomaly" : "normal"));

    public void Dispose() => _meter.Dispose();
}
