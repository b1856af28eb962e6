using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Siaga.Database;

/// <summary>
/// Locks for decisions that depend on what was just read, such as "at most two keys a camera": two requests at once would both see room.
/// SQLite has a single writer anyway. Elsewhere only callers that use the same name wait for each other.
/// </summary>
public static class AdvisoryLock
{
    /// <summary>Starts a transaction that holds a named lock until it ends.</summary>
    /// <param name="db">The unit of work; it must have no transaction yet.</param>
    /// <param name="name">Such as <c>companies/7</c>.</param>
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

    /// <summary>
    /// Starts a transaction during which nothing else is created in the company and it is not archived, so that what was read stays true.
    /// </summary>
    public static Task<IDbContextTransaction> BeginInCompanyAsync(this BackendDb db, long companyId, CancellationToken cancellationToken) =>
        db.BeginExclusiveAsync($"companies/{companyId}", cancellationToken);

    /// <summary>Takes a named lock until the current transaction ends. Take several in the same order everywhere.</summary>
    public static Task LockAsync(this BackendDb db, string name, CancellationToken cancellationToken) =>
        db.Database.CurrentTransaction is null
            ? throw new InvalidOperationException("A lock ends with its transaction; begin one first.")
            : db.GetService<DatabaseEngine<BackendDb>>().Engine.LockAsync(db.Database, name, cancellationToken);
}
