using Siaga.BlobStorage;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Composition.Wiring;

/// <summary>A clip store that is full, or away, is not a surprise: trying again later is right.</summary>
internal sealed class StorageFailures : IFailureMapper
{
    public Error? Map(Exception exception) => exception switch
    {
        StorageFullException full => new Error(ErrorKind.Unavailable, "storage_full", $"{full.Message} Try again later."),

        // What the storage itself said is for the log: it can name hosts and keys.
        StorageUnavailableException => new Error(ErrorKind.Unavailable, "storage_unavailable", "The clip store does not answer now; try again later."),
        _ => null,
    };
}
