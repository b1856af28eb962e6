using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Health;

/// <summary>The Backend is ready when its database is usable. Without broker or storage, people still read and workers report.</summary>
internal sealed class BackendReadiness(DatabaseCheck<BackendDb> database) : IReadiness
{
    public string Service => "backend";

    public Task<Error?> CheckAsync(CancellationToken cancellationToken) => database.CheckAsync(cancellationToken);
}
