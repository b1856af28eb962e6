using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siaga.Primitives;

namespace Siaga.Messaging;

/// <summary>The loop around one handler: a scope and a trace for each delivery; exceptions become transient failures.</summary>
internal sealed partial class ConsumerService<THandler>(
    IMessageBroker broker, IServiceScopeFactory scopes, Subscription subscription, PoisonMessageIsolation gate, IOutageLog outages,
    ILogger logger) : BackgroundService
    where THandler : class, IMessageHandler
{
    private readonly ConsumerBackoff _pause = new(subscription.Concurrency);
    private readonly string _work = $"tasks of {subscription.Queue}";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        broker.ConsumeAsync(subscription, PacedAsync, GiveUpAsync, stoppingToken);

    private async Task<HandlingResult> PacedAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        await _pause.WaitAsync(cancellationToken);
        var result = await HandleAsync(delivery, cancellationToken);
        _pause.Count(result);
        return result;
    }

    private async Task<HandlingResult> HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        using var activity = MessagingTelemetry.Source.StartActivity(
            $"{delivery.Queue} process", ActivityKind.Consumer, delivery.TraceParent);
        activity?.SetTag("messaging.message.id", delivery.Id);
        activity?.SetTag("messaging.destination.name", delivery.Queue);
        activity?.SetTag("messaging.delivery.attempt", delivery.Attempt);
        try
        {
            using var inside = subscription.SuspectsAlone ? await gate.EnterAsync(alone: delivery.CrashCount > 0, cancellationToken) : null;
            if (inside is null && subscription.SuspectsAlone)
                return HandlingResult.Defer(gate.Turn(Random.Shared.NextDouble()));
            await using var scope = scopes.CreateAsyncScope();
            var result = await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(delivery, cancellationToken);
            Tell(delivery, result);
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // An unexpected exception must not stop the queue: treat it as transient; the limit of attempts bounds it.
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            if (!outages.Expects(e, _work))
                TellOfFailure(e, delivery);
            return HandlingResult.Retry($"{e.GetType().Name}: {e.Message}");
        }
    }

    private void Tell(Delivery delivery, HandlingResult result)
    {
        switch (result)
        {
            case HandlingResult.RetryResult { AwayCode: { } away } retry:
                outages.Failed(away, _work, retry.Reason);
                break;
            case HandlingResult.RetryResult retry:
                LogRetry(delivery.Queue, delivery.Id, delivery.Attempt, retry.Reason);
                break;
            case HandlingResult.RejectResult reject:
                LogReject(delivery.Queue, delivery.Id, reject.Code, reject.Reason);
                break;
            case HandlingResult.DoneResult:
                outages.Worked(_work);
                break;
        }
    }

    private void TellOfFailure(Exception exception, Delivery delivery)
    {
        // The Backend or the network to it is down: message handlers call no other server over HTTP.
        if (exception is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
            outages.Failed("backend_unavailable", _work, exception);
        else if (exception is IOException)
            LogRetry(delivery.Queue, delivery.Id, delivery.Attempt, exception.InOneLine());
        else
            LogSurprise(exception, delivery.Queue, delivery.Id, delivery.Attempt);
    }

    private async Task GiveUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken)
    {
        LogReject(delivery.Queue, delivery.Id, "attempts_exhausted", reason);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<THandler>().OnGivenUpAsync(delivery, reason, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The dead letter itself carries the reason. A failure to notify others must not keep the message in the queue.
            LogSurprise(e, delivery.Queue, delivery.Id, delivery.Attempt);
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "{Queue}: {MessageId}, attempt {Attempt}, will be retried: {Reason}")]
    private partial void LogRetry(string queue, string messageId, int attempt, string reason);

    [LoggerMessage(1202, LogLevel.Error, "{Queue}: {MessageId} becomes a dead letter: {Code}: {Reason}")]
    private partial void LogReject(string queue, string messageId, string code, string reason);

    [LoggerMessage(1203, LogLevel.Error, "{Queue}: {MessageId}, attempt {Attempt}, failed unexpectedly")]
    private partial void LogSurprise(Exception exception, string queue, string messageId, int attempt);
}
