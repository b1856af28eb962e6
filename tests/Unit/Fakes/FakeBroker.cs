using Siaga.Messaging;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>A broker with the queues that it is told to have.</summary>
internal class FakeBroker : IMessageBroker
{
    public IReadOnlyList<QueueStatus> Queues { get; set; } = [];

    /// <summary>Why it takes no messages; null: it takes them.</summary>
    public string? Block { get; set; }

    /// <summary>Thrown by every look; null: none fails.</summary>
    public Exception? Failure { get; set; }

    public virtual Task ConsumeAsync(
        Subscription subscription, Func<Delivery, CancellationToken, Task<HandlingResult>> handle,
        Func<Delivery, string, CancellationToken, Task> giveUp, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<QueueStatus>> GetQueuesAsync(CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult(Queues) : throw Failure;

    public Task<string?> FindBlockAsync(CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult(Block) : throw Failure;

    public Task<IReadOnlyList<DeadLetter>> GetDeadLettersAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([]);

    public Task<bool> ReplayDeadLetterAsync(long id, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> DropDeadLetterAsync(long id, CancellationToken cancellationToken) => Task.FromResult(false);
}
