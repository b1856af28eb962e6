using Siaga.BlobStorage;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Composition.Wiring;

/// <summary>A full clip store is not a surprise: trying again later is right.</summary>
internal sealed class StorageFailures : IFailureMapper
{
    public Error? Map(Exception exception) => exception is StorageFullException full
        ? new Error(ErrorKind.Unavailable, "storage_full", $"{full.Message} Try again later.")
        : null;
}
