namespace Siaga.Messaging;

/// <summary>The consuming and operating side of a broker.</summary>
/// <remarks>A question that the broker does not answer ends in a <see cref="BrokerUnavailableException"/>.</remarks>
public interface IMessageBroker
{
    /// <summary>Delivers until cancelled, and then lets the deliveries in hand finish or lapse. Reconnects by itself.</summary>
    /// <param name="subscription">What and how.</param>
    /// <param name="handle">Handles one delivery; called <see cref="Subscription.Concurrency"/> times at once.</param>
    /// <param name="giveUp">Called before a message that ran out of attempts becomes a dead letter.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task ConsumeAsync(
        Subscription subscription,
        Func<Delivery, CancellationToken, Task<HandlingResult>> handle,
        Func<Delivery, string, CancellationToken, Task> giveUp,
        CancellationToken cancellationToken);

    /// <summary>Depth and age of every queue.</summary>
    Task<IReadOnlyList<QueueStatus>> GetQueuesAsync(CancellationToken cancellationToken);

    /// <summary>Asks the broker whether it takes messages now: one that answers questions may refuse them for want of room.</summary>
    /// <returns>Null: it does. Otherwise why not, in a few words for the operator.</returns>
    Task<string?> FindBlockAsync(CancellationToken cancellationToken);

    /// <summary>Dead letters, oldest first.</summary>
    Task<IReadOnlyList<DeadLetter>> GetDeadLettersAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Puts a dead letter back into its queue, as if it had just been published. False: there is none of this <see cref="DeadLetter.Id"/>.</summary>
    Task<bool> ReplayDeadLetterAsync(long id, CancellationToken cancellationToken);

    /// <summary>Removes a dead letter for good. False: there is none of this <see cref="DeadLetter.Id"/>.</summary>
    Task<bool> DropDeadLetterAsync(long id, CancellationToken cancellationToken);
}

/// <param name="Queue">Its name.</param>
/// <param name="Waiting">Messages that no consumer holds, delayed ones included.</param>
/// <param name="InHand">Messages that a consumer holds; of this process alone where the broker does not tell.</param>
/// <param name="OldestAgeSeconds">Age of the oldest message there, or the best that can be known of it; 0 when empty.</param>
/// <param name="Dead">Dead letters that came from it.</param>
public sealed record QueueStatus(string Queue, long Waiting, long InHand, double OldestAgeSeconds, long Dead);

/// <param name="Id">The broker's own number of it.</param>
/// <param name="MessageId">The sender's id.</param>
/// <param name="Queue">Where it came from.</param>
/// <param name="Body">As it was published.</param>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Reason">For a person.</param>
/// <param name="Attempts">How often it was delivered.</param>
/// <param name="DiedAt">When it was given up.</param>
public sealed record DeadLetter(
    long Id, string MessageId, string Queue, ReadOnlyMemory<byte> Body, string Code, string Reason, int Attempts, DateTimeOffset DiedAt);
