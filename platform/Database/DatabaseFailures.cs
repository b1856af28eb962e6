using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Primitives;

namespace Siaga.Database;

/// <summary>A database without room answers 503, not 500: trying again later is right.</summary>
internal sealed class DatabaseFailures(IServiceProvider services) : IFailureMapper
{
    public Error? Map(Exception exception)
    {
        foreach (var database in (Type[])[typeof(BackendDb), typeof(IngestionDb)])
        {
            if (services.GetKeyedService<IDatabaseEngine>(database)?.IsFull(exception) == true)
                return new Error(ErrorKind.Unavailable, "storage_full", "There is no room left to store this; try again later.");
        }

        return exception is DbUpdateConcurrencyException
            ? new Error(ErrorKind.Conflict, "changed_meanwhile", "Somebody else changed this at the same moment; read it again.")
            : null;
    }
}
