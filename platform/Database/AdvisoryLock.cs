using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Siaga.Database;

/// <summary>
/// For decisions that rest on what was read just before, such as "at most two keys a camera": two of them at once would both see room.
/// SQLite has one writer at a time anyway; elsewhere those who name the same thing wait for each other, and nobody else does.
/// </summary>
public static class AdvisoryLock
{
    /// <summary>Begins a transaction that holds a name until it ends.</summary>
    /// <param name="db">The unit of work; it must have no transaction yet.</param>
    /// <param name="name">Such as <c>companies/7</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IDbContextTransaction> BeginExclusiveAsync(this BackendDb db, string name, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            await db.LockAsync(name, cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins a transaction beside which nothing is made in a company, and it is not archived: what was read of it stays true.</summary>
    public static Task<IDbContextTransaction> BeginInCompanyAsync(this BackendDb db, long companyId, CancellationToken cancellationToken) =>
        db.BeginExclusiveAsync($"companies/{companyId}", cancellationToken);

    /// <summary>Holds a name until the transaction in hand ends. Take several in the same order everywhere.</summary>
    public static Task LockAsync(this BackendDb db, string name, CancellationToken cancellationToken) =>
        db.Database.CurrentTransaction is null
            ? throw new InvalidOperationException("A lock ends with its transaction; begin one first.")
            : db.GetService<DatabaseEngine<BackendDb>>().Engine.LockAsync(db.Database, name, cancellationToken);
}
