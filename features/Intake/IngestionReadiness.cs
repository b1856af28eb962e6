using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Intake;

/// <summary>
/// Ingestion is ready when it can make a clip durable: its database answers and has
/// room, and the clip store accepts. Without a broker, messages wait in the outbox.
/// </summary>
internal sealed class IngestionReadiness(DatabaseCheck<IngestionDb> database, IBlobStorage storage) : IReadiness
{
    public string Service => "ingestion";

    public async Task<Error?> CheckAsync(CancellationToken cancellationToken)
    {
        var store = CheckStoreAsync(storage, cancellationToken);
        return await database.CheckAsync(cancellationToken) ?? await store;
    }

    internal static async Task<Error?> CheckStoreAsync(IBlobStorage storage, CancellationToken cancellationToken)
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
            // What the storage itself said is not for this answer: it can name hosts and keys.
            return new Error(ErrorKind.Unavailable, "storage_unavailable", "The clip store does not accept clips.");
        }
    }
}
