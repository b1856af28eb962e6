namespace Siaga.Messaging;

/// <summary>Handles the deliveries of one queue. Each implementation states its deduplication key in its remarks.</summary>
public interface IMessageHandler
{
    /// <summary>Called in a dependency-injection scope of its own, for several deliveries at once.</summary>
    /// <param name="delivery">What to handle.</param>
    /// <param name="cancellationToken">The process is stopping: give up; the message is delivered again.</param>
    /// <returns>What became of it. An exception counts as a transient failure.</returns>
    Task<HandlingResult> HandleAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>Called once before a message that ran out of attempts becomes a dead letter, so that whoever waits for it can be told.</summary>
    Task OnGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
