namespace Siaga.Messaging;

public interface IMessagePublisher
{
    /// <summary>Completes only after the broker confirmed that every bound queue holds the messages durably; throws otherwise.</summary>
    /// <param name="messages">Published together where the broker can; safe to repeat.</param>
    /// <param name="cancellationToken">Gives up waiting; the messages may have arrived.</param>
    Task PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken);
}
