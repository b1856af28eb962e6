namespace Siaga.Messaging;

public interface IMessagePublisher
{
    /// <summary>
    /// Completes once the broker has confirmed that every bound queue stores the messages durably; throws otherwise. Safe to repeat.
    /// </summary>
    /// <param name="messages">Published as a unit where the broker supports it.</param>
    /// <param name="cancellationToken">Stops waiting; the messages may have been published.</param>
    Task PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken);
}
