using Microsoft.EntityFrameworkCore.Storage;

namespace Siaga.Database.Postgres;

/// <summary>
/// Retries a statement a few times within about a second, but only when the server certainly did nothing: it was starting, stopping or out
/// of connections. Never inside a transaction, whose earlier statements are lost, and never when the outcome is unknown. That becomes a
/// 503, and the client decides, because it knows whether the call is safe to repeat.
/// </summary>
internal sealed class SafeRetries(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, Tries, s_longestPause)
{
    private const int Tries = 3;

    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    // If true, EF would buffer whole results and refuse our own transactions, so that it can repeat them. We repeat neither.
    public override bool RetriesOnFailure => false;

    protected override bool ShouldRetryOn(Exception exception) =>
        Dependencies.CurrentContext.Context.Database.CurrentTransaction is null && PostgresFailures.NothingWasDone(exception);
}
