using Microsoft.EntityFrameworkCore.Storage;

namespace Siaga.Database.Postgres;

/// <summary>
/// Tries a statement again, a few times within a second or so, when the server is sure to have done nothing of it: it was starting, stopping
/// or full of connections. Never within a transaction, whose earlier statements are gone, and never where the outcome is unknown: that is
/// answered 503, and repeating is for the client, who knows whether the call is safe to repeat.
/// </summary>
internal sealed class SafeRetries(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, Tries, s_longestPause)
{
    private const int Tries = 3;

    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    // EF would keep whole results in memory, and refuse transactions of ours, to be able to repeat them. We repeat neither.
    public override bool RetriesOnFailure => false;

    protected override bool ShouldRetryOn(Exception exception) =>
        Dependencies.CurrentContext.Context.Database.CurrentTransaction is null && PostgresFailures.NothingWasDone(exception);
}
