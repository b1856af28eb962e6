namespace Siaga.Messaging;

/// <summary>The consuming and operating side of a broker.</summary>
/// <remarks>Methods throw <see cref="BrokerUnavailableException"/> when the broker does not answer.</remarks>
public interface IMessageBroker
{
    /// <summary>
    /// Delivers messages until cancelled, then lets the deliveries in progress finish or lapse. Reconnects after failures.
    /// </summary>
    /// <param name="subscription">The queue and how to consume it.</param>
    /// <param name="handle">Handles one delivery; called up to <see cref="Subscription.Concurrency"/> times at once.</param>
    /// <param name="giveUp">Called before a message that ran out of attempts becomes a dead letter.</param>
    /// <param name="cancellationToken">Stops consuming.</param>
    Task ConsumeAsync(
        Subscription subscription,
        Func<Delivery, CancellationToken, Task<HandlingResult>> handle,
        Func<Delivery, string, CancellationToken, Task> giveUp,
        CancellationToken cancellationToken);

    /// <summary>Depth and age of every queue.</summary>
    Task<IReadOnlyList<QueueStatus>> GetQueuesAsync(CancellationToken cancellationToken);

    /// <summary>Checks whether the broker accepts messages: one that answers queries may refuse them for lack of disk or memory.</summary>
    /// <returns>Null when it accepts them; otherwise a short reason for the operator.</returns>
    Task<string?> FindBlockAsync(CancellationToken cancellationToken);

    /// <summary>Dead letters, oldest first.</summary>
    Task<IReadOnlyList<DeadLetter>> GetDeadLettersAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Returns a dead letter to its queue as if it had just been published. False when no dead letter has this id.</summary>
    Task<bool> ReplayDeadLetterAsync(long id, CancellationToken cancellationToken);

    /// <summary>Deletes a dead letter permanently. False when no dead letter has this id.</summary>
    Task<bool> DropDeadLetterAsync(long id, CancellationToken cancellationToken);
}

/// <param name="Queue">The queue's name.</param>
/// <param name="Waiting">Messages that no consumer holds, including delayed ones.</param>
/// <param name="InHand">Messages that a consumer holds; only this process's where the broker does not report all.</param>
/// <param name="OldestAgeSeconds">Age of the oldest message, or the best estimate; 0 when the queue is empty.</param>
/// <param name="Dead">Dead letters of the queue.</param>
public sealed record QueueStatus(string Queue, long Waiting, long InHand, double OldestAgeSeconds, long Dead);

/// <param name="Id">The broker's own id of the dead letter.</param>
/// <param name="MessageId">The sender's id of the message.</param>
/// <param name="Queue">The queue that it came from.</param>
/// <param name="Body">The body as published.</param>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Reason">For a person.</param>
/// <param name="Attempts">How often it was delivered.</param>
/// <param name="DiedAt">When it became a dead letter.</param>
public sealed record DeadLetter(
    long Id, string MessageId, string Queue, ReadOnlyMemory<byte> Body, string Code, string Reason, int Attempts, DateTimeOffset DiedAt);
