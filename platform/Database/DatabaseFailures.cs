using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Primitives;

namespace Siaga.Database;

/// <summary>Maps database failures to problem documents: a database that is full or down answers 503, not 500.</summary>
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
            ? new Error(ErrorKind.Conflict, "changed_meanwhile", "Another user changed this at the same time; read it again.")
            : null;
    }

    private static Error? ErrorOf(DatabaseFailure failure) => failure switch
    {
        DatabaseFailure.Full => new Error(
            ErrorKind.Unavailable, "storage_full", "There is no free space left to store this; try again later."),
        DatabaseFailure.Unavailable => new Error(
            ErrorKind.Unavailable, "database_unavailable", "The database does not answer; try again later."),
        DatabaseFailure.Unstorable => new Error(ErrorKind.Invalid, "text_unstorable", "A text contains characters that cannot be stored."),

        // Only the feature knows what a unique violation means.
        _ => null,
    };
}
