using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Messaging;

namespace Siaga.Database;

/// <summary>
/// Sends messages from a service's outbox to the broker, oldest first, and deletes each only after the broker has confirmed it.
/// </summary>
/// <remarks>
/// Safe to run in several processes at once: on a shared database each locks different messages, and a crash releases its locks. A message
/// that was published but not deleted before a crash is published again; its id and the handlers' deduplication keys make that harmless.
/// </remarks>
public sealed class OutboxRelay<TDb>(IServiceScopeFactory scopes, IMessagePublisher publisher)
    where TDb : ServiceDb
{
    private const int BatchSize = 100;

    /// <summary>Sends one batch.</summary>
    /// <returns>How many were sent; after a full batch more may be waiting.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var shared = scope.ServiceProvider.EngineOf<TDb>().IsShared;
        await using var transaction = shared ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var outbox = db.Set<OutboxMessage>();
        var batch = shared
            ? await outbox.FromSql($"SELECT * FROM outbox ORDER BY id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED").AsNoTracking()
                .ToListAsync(cancellationToken)
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
