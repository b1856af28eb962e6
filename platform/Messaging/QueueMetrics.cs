using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siaga.Primitives;

namespace Siaga.Messaging;

/// <summary>Measures depth, age and dead letters of every queue every few seconds.</summary>
internal sealed partial class QueueMetrics : BackgroundService
{
    private const string Work = "reading the queues";

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(10);

    private readonly Meter _meter = new(MessagingTelemetry.SourceName);
    private readonly IMessageBroker _broker;
    private readonly TimeProvider _time;
    private readonly IOutageLog _outages;
    private readonly ILogger<QueueMetrics> _logger;
    private IReadOnlyList<QueueStatus> _queues = [];
    private bool? _isBlocked;

    public QueueMetrics(IMessageBroker broker, TimeProvider time, IOutageLog outages, ILogger<QueueMetrics> logger)
    {
        (_broker, _time, _outages, _logger) = (broker, time, outages, logger);
        _meter.CreateObservableGauge("siaga.queue.depth", () => Each(q => q.Waiting), "{message}", "Messages that wait.");
        _meter.CreateObservableGauge("siaga.queue.in_hand", () => Each(q => q.InHand), "{message}", "Messages that a consumer holds.");
        _meter.CreateObservableGauge("siaga.queue.age", () => Each(q => q.OldestAgeSeconds), "s", "Age of the oldest message.");
        _meter.CreateObservableGauge<int>(
            "siaga.broker.blocked", () => _isBlocked is { } blocked ? [new(blocked ? 1 : 0)] : [], null,
            "1 while the broker takes no messages because it lacks space.");
        _meter.CreateObservableGauge("siaga.queue.dead", () => Each(q => q.Dead), "{message}", "Dead letters.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <summary>Takes one measurement.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        _queues = await _broker.GetQueuesAsync(cancellationToken);
        _isBlocked = await _broker.FindBlockAsync(cancellationToken) is not null;
    }

    /// <summary>Takes one measurement; without an answer of the broker there is none.</summary>
    internal async Task TryOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
            _outages.Worked(Work);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A gap in the graph is more honest than an old value.
            (_queues, _isBlocked) = ([], null);
            if (!_outages.Expects(e, Work))
                LogFailure(e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, _time);
        do
            await TryOnceAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<T>> Each<T>(Func<QueueStatus, T> value)
        where T : struct => _queues.Select(q => new Measurement<T>(value(q), new KeyValuePair<string, object?>("queue", q.Queue)));

    [LoggerMessage(1204, LogLevel.Warning, "The broker's queues cannot be read")]
    private partial void LogFailure(Exception exception);
}
