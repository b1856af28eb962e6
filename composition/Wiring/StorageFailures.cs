using Siaga.BlobStorage;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Composition.Wiring;

/// <summary>Answers 503 while the clip store is full or unavailable, so that clients try again later.</summary>
internal sealed class StorageFailures : IFailureMapper
{
    public Error? Map(Exception exception) => exception switch
    {
        StorageFullException full => new Error(ErrorKind.Unavailable, "storage_full", $"{full.Message} Try again later."),

        // What the storage itself said is not for clients: it can name hosts and keys.
        StorageUnavailableException => new Error(
            ErrorKind.Unavailable, "storage_unavailable", "The clip store does not answer; try again later."),
        _ => null,
    };
}
