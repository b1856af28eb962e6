using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Siaga.Database;

/// <summary>When a unit of work uses a transaction of its own, wakes the relay at the commit.</summary>
internal sealed class SignalAfterCommit : DbTransactionInterceptor
{
    public static SignalAfterCommit Instance { get; } = new();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as ServiceDb)?.Committed();
        return Task.CompletedTask;
    }

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as ServiceDb)?.RolledBack();
        return Task.CompletedTask;
    }
}
