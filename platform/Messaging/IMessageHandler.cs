namespace Siaga.Messaging;

/// <summary>Handles the deliveries of one queue. Each implementation states its deduplication key in its remarks.</summary>
public interface IMessageHandler
{
    /// <summary>Handles one delivery, in its own dependency-injection scope. May run for several deliveries at once.</summary>
    /// <param name="cancellationToken">Cancelled when the process stops; the message is then delivered again.</param>
    /// <returns>The outcome. An exception counts as a transient failure.</returns>
    Task<HandlingResult> HandleAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>
    /// Called before a message that ran out of attempts becomes a dead letter, so that the handler can notify whoever waits for the result.
    /// </summary>
    Task OnGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
