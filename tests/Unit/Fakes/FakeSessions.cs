using Siaga.Web;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>All sessions and tokens are active but those that ended.</summary>
internal sealed class FakeSessions(params string[] ended) : ISessions
{
    public Task<bool> IsActiveAsync(string sessionId, CancellationToken cancellationToken) =>
        Task.FromResult(!ended.Contains(sessionId, StringComparer.Ordinal));

    public Task<bool> IsWorkerActiveAsync(string tokenId, CancellationToken cancellationToken) =>
        Task.FromResult(!ended.Contains(tokenId, StringComparer.Ordinal));
}
