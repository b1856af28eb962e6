using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Intake;

/// <summary>Ingestion is ready when it can make a clip durable: its database answers and the store accepts. The broker may be away: messages wait.</summary>
internal sealed class IngestionReadiness(IServiceScopeFactory scopes, IBlobStorage storage) : IReadiness
{
    public string Service => "ingestion";

    public async Task<Error?> CheckAsync(CancellationToken cancellationToken)
    {
        var store = CheckStoreAsync(cancellationToken);
        return await CheckDatabaseAsync(cancellationToken) ?? await store;
    }

    private async Task<Error?> CheckDatabaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Fails both when the database does not answer and when it was never migrated.
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IngestionDb>().Set<OutboxMessage>().AnyAsync(m => m.Id < 0, cancellationToken);
            return null;
        }
        catch (Exception)
        {
            return new Error(ErrorKind.Unavailable, "database_unavailable", "Ingestion's database does not answer.");
        }
    }

    private async Task<Error?> CheckStoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await storage.CheckAsync(cancellationToken).WaitAsync(cancellationToken);
            return null;
        }
        catch (StorageFullException)
        {
            return new Error(ErrorKind.Unavailable, "storage_full", "The clip store is full.");
        }
        catch (Exception)
        {
            // What the storage itself said is for the log: it can name hosts and keys.
            return new Error(ErrorKind.Unavailable, "storage_unavailable", "The clip store does not accept clips now.");
        }
    }
}
