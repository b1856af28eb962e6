using System.Diagnostics.Metrics;
using Siaga.Anomalies;
using Siaga.Messages;
using ClipAnalysis = Siaga.Anomalies.Analysis;

namespace Siaga.Tests.Unit.Anomalies;

public sealed class AlertMetricsTests : IDisposable
{
    private static readonly DateTimeOffset s_arrival = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private readonly AlertMetrics _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Theory]
    [InlineData(AnalysisState.Analysed, true, "result=anomaly")]
    [InlineData(AnalysisState.Analysed, false, "result=normal")]
    [InlineData(AnalysisState.Failed, false, "result=failed")]
    [InlineData(AnalysisState.Failed, true, "result=failed")]
    public void A_time_is_counted_for_what_became_of_the_clip(AnalysisState state, bool anomaly, string tag) =>
        Assert.Equal((2.5, tag), Measured(state, anomaly, 2500));

    [Theory]
    [InlineData(1, 0.001)]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    public void No_time_is_below_zero_whatever_the_clocks_say(int milliseconds, double seconds) =>
        Assert.Equal((seconds, "result=normal"), Measured(AnalysisState.Analysed, anomaly: false, milliseconds));

    /// <param name="milliseconds">From the clip's arrival to its result.</param>
    private (double Seconds, string Tag) Measured(AnalysisState state, bool anomaly, int milliseconds)
    {
        var measured = new List<(double, string)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == AnomaliesFeature.MeterName)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => measured.Add((value, $"{tags[0].Key}={tags[0].Value}")));
        listener.Start();
        _metrics.Reported(new ClipAnalysis
        {
            CompanyId = 7, CameraId = 9, TaskId = "t", StorageKey = "k", State = state, Anomaly = anomaly, Confidence = 0, Windows = [],
            Labels = new Dictionary<string, double>(StringComparer.Ordinal),
            CapturedAt = default, ReceivedAt = s_arrival, ReportedAt = s_arrival.AddMilliseconds(milliseconds),
        });
        return Assert.Single(measured);
    }
}
