using System.Diagnostics.Metrics;
using Siaga.Analysis;
using Siaga.Analysis.Detection;
using Siaga.Messages;

namespace Siaga.Tests.Unit.Analysis;

public sealed class AnalysisMetricsTests : IDisposable
{
    private readonly AnalysisMetrics _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Theory]
    [InlineData(true, "anomaly")]
    [InlineData(false, "normal")]
    public void An_analysis_is_counted_for_its_result_and_its_parts_for_all_clips(bool alarm, string result)
    {
        var finding = new Finding("model", "fire", 0.9, 0.5, 0, 2, 1, alarm);
        var findings = new ClipFindings(new PassOutcome(
            new ClipLength(30, 3), null, [new DetectorResult([finding])], TimeSpan.FromMilliseconds(1500), TimeSpan.FromMilliseconds(250)));
        List<(string, double, string?)> expected =
            [("siaga.analysis.duration", 4, result), ("siaga.analysis.decode", 1.5, null), ("siaga.analysis.infer", 0.25, null)];
        Assert.Equal(expected, Measured(() => _metrics.Analysed(TimeSpan.FromSeconds(4), findings)));
    }

    [Fact]
    public void A_failure_has_a_duration_and_no_parts()
    {
        var (instrument, seconds, result) = Assert.Single(Measured(() => _metrics.Failed(TimeSpan.FromMilliseconds(500))));
        Assert.Equal(("siaga.analysis.duration", 0.5, "failed"), (instrument, seconds, result!));
    }

    private static List<(string, double, string?)> Measured(Action record)
    {
        var measured = new List<(string, double, string?)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == AnalysisFeature.MeterName)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            measured.Add((instrument.Name, value, tags.Length == 0 ? null : tags[0].Value as string)));
        listener.Start();
        record();
        return measured;
    }
}
