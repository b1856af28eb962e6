using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Primitives;

namespace Siaga.Database;

/// <summary>What a database's failures mean to whoever asked: one without room, or one that is down, answers 503, not 500.</summary>
internal sealed class DatabaseFailures(IServiceProvider services) : IFailureMapper
{
    public Error? Map(Exception exception)
    {
        foreach (var database in (Type[])[typeof(BackendDb), typeof(IngestionDb)])
        {
            if (services.GetKeyedService<IDatabaseEngine>(database)?.FailureOf(exception) is { } failure && ErrorOf(failure) is { } error)
                return error;
        }

        return exception is DbUpdateConcurrencyException
            ? new Error(ErrorKind.Conflict, "changed_meanwhile", "Somebody else changed this at the same moment; read it again.")
            : null;
    }

    private static Error? ErrorOf(DatabaseFailure failure) => failure switch
    {
        DatabaseFailure.Full => new Error(ErrorKind.Unavailable, "storage_full", "There is no room left to store this; try again later."),
        DatabaseFailure.Unavailable => new Error(ErrorKind.Unavailable, "database_unavailable", "The database does not answer now; try again later."),
        DatabaseFailure.Unstorable => new Error(ErrorKind.Invalid, "text_unstorable", "A text holds characters that cannot be stored."),

        // Only the feature knows what it means that something is there already.
        _ => null,
    };
}
