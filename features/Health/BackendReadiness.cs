using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Health;

/// <summary>The Backend is ready when its database answers: people read and workers report without a broker, and without a store.</summary>
internal sealed class BackendReadiness(IServiceScopeFactory scopes) : IReadiness
{
    public string Service => "backend";

    public async Task<Error?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Fails both when the database does not answer and when it was never migrated.
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<BackendDb>().Set<OutboxMessage>().AnyAsync(m => m.Id < 0, cancellationToken);
            return null;
        }
        catch (Exception)
        {
            // Whatever is wrong with the database, the answer is the same: not now.
            return new Error(ErrorKind.Unavailable, "database_unavailable", "The database does not answer.");
        }
    }
}
