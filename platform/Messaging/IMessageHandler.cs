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

/// <summary>
/// Handles the messages of one queue, which are JSON documents of one type. Each implementation states its deduplication key in its
/// remarks. A message that cannot be read never reaches it: it becomes a dead letter.
/// </summary>
public interface IMessageHandler<in T>
    where T : class
{
    /// <inheritdoc cref="IMessageHandler.HandleAsync"/>
    Task<HandlingResult> HandleAsync(T message, CancellationToken cancellationToken);

    /// <inheritdoc cref="IMessageHandler.OnGivenUpAsync"/>
    Task OnGivenUpAsync(T message, string reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
