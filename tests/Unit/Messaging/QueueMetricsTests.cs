using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using Siaga.Messaging;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Messaging;

public sealed class QueueMetricsTests
{
    private readonly FakeBroker _broker = new() { Queues = [new QueueStatus("unit-work", 3, 1, 7.5, 2)] };
    private readonly FakeOutages _outages = new() { Expected = e => e is BrokerUnavailableException };
    private readonly HeardLog<QueueMetrics> _log = new();

    [Theory]
    [InlineData(null, 0)]
    [InlineData("its alarm: low on disk", 1)]
    public async Task Every_queue_is_measured(string? block, double blocked)
    {
        _broker.Block = block;
        using var metrics = Metrics();
        await metrics.RunOnceAsync(CancellationToken.None);
        Assert.Equal([3, 1, 7.5, 2], Measured(["depth", "in_hand", "age", "dead"], "unit-work"));
        Assert.Contains(blocked, Measured(["blocked"], null));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_broker_that_is_away_leaves_a_gap(bool isExpected, int lines)
    {
        using var metrics = Metrics();
        await metrics.TryOnceAsync(CancellationToken.None);
        _broker.Failure = isExpected ? new BrokerUnavailableException("Away.") : new InvalidOperationException();
        await metrics.TryOnceAsync(CancellationToken.None);
        Assert.Empty(Measured(["depth", "in_hand", "age", "dead"], "unit-work"));
        Assert.Equal(lines, _log.Events.Count);
        Assert.Single(_outages.Successes);
    }

    private QueueMetrics Metrics() => new(_broker, new FakeTimeProvider(), _outages, _log);

    /// <summary>The values of these instruments, for one queue or for those without one.</summary>
    private static List<double> Measured(string[] names, string? queue)
    {
        var values = new List<(string Name, double Value)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == MessagingTelemetry.SourceName)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. values.OrderBy(v => Array.IndexOf(names, v.Name)).Select(v => v.Value)];

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name.Split('.')[^1];
            if (names.Contains(name, StringComparer.Ordinal) && (tags.Length == 0 ? null : tags[0].Value as string) == queue)
                values.Add((name, value));
        }
    }
}
