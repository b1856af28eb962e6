using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Siaga.Messaging;

/// <summary>The thin loop around one handler: a scope and a trace a delivery, exceptions turned into transient failures.</summary>
internal sealed partial class ConsumerService<THandler>(
    IMessageBroker broker, IServiceScopeFactory scopes, Subscription subscription, SuspectGate gate, ILogger<THandler> logger) : BackgroundService
    where THandler : class, IMessageHandler
{
    private readonly FailurePause _pause = new(subscription.Concurrency);

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
            using var inside = subscription.SuspectsAlone ? await gate.EnterAsync(alone: delivery.Deaths > 0, cancellationToken) : null;
            if (inside is null && subscription.SuspectsAlone)
                return HandlingResult.Defer(gate.Turn(Random.Shared.NextDouble()));
            await using var scope = scopes.CreateAsyncScope();
            var result = await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(delivery, cancellationToken);
            if (result is HandlingResult.RetryResult retry)
                LogRetry(delivery.Queue, delivery.Id, delivery.Attempt, retry.Reason);
            else if (result is HandlingResult.RejectResult reject)
                LogReject(delivery.Queue, delivery.Id, reject.Code, reject.Reason);
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // No surprise: what it needs is away. A page of stack for each message would hide everything else meanwhile.
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            LogRetry(delivery.Queue, delivery.Id, delivery.Attempt, e.GetBaseException().Message);
            return HandlingResult.Retry($"{e.GetType().Name}: {e.Message}");
        }
        catch (Exception e)
        {
            // A surprise in one message must not stop the queue: it counts as transient, and the limit of attempts bounds it.
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            LogSurprise(e, delivery.Queue, delivery.Id, delivery.Attempt);
            return HandlingResult.Retry($"{e.GetType().Name}: {e.Message}");
        }
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
            // The dead letter itself carries the reason; telling others is a courtesy that must not keep it in the queue.
            LogSurprise(e, delivery.Queue, delivery.Id, delivery.Attempt);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: {MessageId}, attempt {Attempt}, will be tried again: {Reason}")]
    private partial void LogRetry(string queue, string messageId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue}: {MessageId} becomes a dead letter: {Code}: {Reason}")]
    private partial void LogReject(string queue, string messageId, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue}: {MessageId}, attempt {Attempt}, failed unexpectedly")]
    private partial void LogSurprise(Exception exception, string queue, string messageId, int attempt);
}
