using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siaga.Primitives;

namespace Siaga.Database;

/// <summary>Measures every few seconds how many messages wait in a service's outbox, and for how long.</summary>
internal sealed partial class OutboxMetrics<TDb> : BackgroundService
    where TDb : ServiceDb
{
    // A higher number would tell an operator no more, and counting costs.
    private const int MostCounted = 100_000;

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(10);
    private static readonly string s_work = $"reading the outbox of {typeof(TDb).Name}";

    private readonly Meter _meter = new(OutboxTelemetry.MeterName);
    private readonly IServiceScopeFactory _scopes;
    private readonly IOutageLog _outages;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxMetrics<TDb>> _logger;
    private (int Waiting, double AgeSeconds)? _seen;

    /// <param name="service"><c>backend</c> or <c>ingestion</c>.</param>
    public OutboxMetrics(
        string service, IServiceScopeFactory scopes, IOutageLog outages, TimeProvider time, ILogger<OutboxMetrics<TDb>> logger)
    {
        (_scopes, _outages, _time, _logger) = (scopes, outages, time, logger);
        KeyValuePair<string, object?> database = new("database", service);
        _meter.CreateObservableGauge<int>(
            "siaga.outbox.waiting", () => _seen is { } seen ? [new(seen.Waiting, database)] : [], "{message}",
            $"Messages that wait for the broker, counted up to {MostCounted}.");
        _meter.CreateObservableGauge<double>(
            "siaga.outbox.age", () => _seen is { } seen ? [new(seen.AgeSeconds, database)] : [], "s",
            "Age of the oldest waiting message; 0 if there is none.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <summary>Takes one measurement.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<TDb>().Set<OutboxMessage>().AsNoTracking();
        var oldest = await outbox.OrderBy(m => m.Id).Select(m => (DateTimeOffset?)m.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        var waiting = oldest is null ? 0 : await outbox.OrderBy(m => m.Id).Take(MostCounted).CountAsync(cancellationToken);
        _seen = (waiting, oldest is { } at ? Math.Max(0, (_time.GetUtcNow() - at).TotalSeconds) : 0);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, _time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
                _outages.Worked(s_work);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A gap in the graph is more honest than an old value.
                _seen = null;
                if (!_outages.Expects(e, s_work))
                    LogFailure(e, typeof(TDb).Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1102, LogLevel.Warning, "The outbox of {Database} cannot be read")]
    private partial void LogFailure(Exception exception, string database);
}

public static class OutboxTelemetry
{
    internal const string MeterName = "Siaga.Database";

    /// <summary>Exports the waiting messages of a service's outbox as metrics.</summary>
    /// <param name="service"><c>backend</c> or <c>ingestion</c>.</param>
    public static IServiceCollection AddOutboxMetrics<TDb>(this IServiceCollection services, string service)
        where TDb : ServiceDb =>
            services.AddSingleton<IHostedService>(sp => ActivatorUtilities.CreateInstance<OutboxMetrics<TDb>>(sp, service));
}
