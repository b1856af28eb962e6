using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Messaging;

namespace Siaga.Database;

/// <summary>Carries messages from a service's outbox to the broker, oldest first, and forgets each only after the broker's confirm.</summary>
/// <remarks>
/// Safe to run in several processes at once: on a shared database each takes other messages, and those of one that dies are free again. One
/// that was published but not yet forgotten at a kill is published again; its id, and the handlers' deduplication keys, make that harmless.
/// </remarks>
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
        var shared = scope.ServiceProvider.EngineOf<TDb>().IsShared;
        await using var transaction = shared ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var outbox = db.Set<OutboxMessage>();
        var batch = shared
            ? await outbox.FromSql($"SELECT * FROM outbox ORDER BY id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED").AsNoTracking().ToListAsync(cancellationToken)
            : await outbox.AsNoTracking().OrderBy(m => m.Id).Take(BatchSize).ToListAsync(cancellationToken);
        if (batch.Count == 0)
            return 0;
        var messages = batch.Select(m => new OutgoingMessage(m.MessageId, m.Topic, m.Body, m.Group, m.TraceParent)).ToList();
        await publisher.PublishAsync(messages, cancellationToken);
        var sent = batch.Select(m => m.Id).ToList();
        await outbox.Where(m => sent.Contains(m.Id)).ExecuteDeleteAsync(cancellationToken);
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        return batch.Count;
    }
}
