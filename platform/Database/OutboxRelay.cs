using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Messaging;

namespace Siaga.Database;

/// <summary>Carries messages from a service's outbox to the broker, oldest first, and forgets each only after the broker's confirm.</summary>
/// <remarks>Safe to run in several processes at once: a message that two of them send has one id, and the queues take it once.</remarks>
public sealed class OutboxRelay<TDb>(IServiceScopeFactory scopes, IMessagePublisher publisher)
    where TDb : ServiceDb
{
    private const int BatchSize = 100;

    /// <summary>One pass over one batch.</summary>
    /// <returns>How many were sent; a full batch means that more may wait.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var batch = await db.Set<OutboxMessage>().AsNoTracking().OrderBy(m => m.Id).Take(BatchSize).ToListAsync(cancellationToken);
        if (batch.Count == 0)
            return 0;
        var messages = batch.Select(m => new OutgoingMessage(m.MessageId, m.Topic, m.Body, m.Group, m.TraceParent)).ToList();
        await publisher.PublishAsync(messages, cancellationToken);
        var sent = batch.Select(m => m.Id).ToList();
        await db.Set<OutboxMessage>().Where(m => sent.Contains(m.Id)).ExecuteDeleteAsync(cancellationToken);
        return batch.Count;
    }
}
