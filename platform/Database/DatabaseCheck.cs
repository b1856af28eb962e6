using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Primitives;

namespace Siaga.Database;

/// <summary>Checks that a service's database is usable: it answers, is migrated and has room to write.</summary>
public sealed class DatabaseCheck<TDb>(IServiceScopeFactory scopes, TimeProvider time)
    where TDb : ServiceDb
{
    // Asking for room costs the server some writes, so a positive answer is reused for this long.
    private static readonly TimeSpan s_believed = TimeSpan.FromSeconds(10);

    // Shorter than the timeout of a readiness probe, so that the answer can say what is unavailable.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5);

    private long _hadRoomAt;
    private bool _hadRoom;

    /// <returns>Null when the database is usable.</returns>
    public async Task<Error?> CheckAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            return await HasRoomAsync(limit.Token).WaitAsync(limit.Token)
                ? null
                : new Error(ErrorKind.Unavailable, "database_full", "The database has no free space left.");
        }
        catch (Exception)
        {
            // The cause does not matter here: the database is not usable now.
            return new Error(ErrorKind.Unavailable, "database_unavailable", "The database does not answer.");
        }
    }

    /// <summary>Throws when the database does not answer or was never migrated.</summary>
    private async Task<bool> HasRoomAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TDb>().Set<OutboxMessage>().AnyAsync(m => m.Id < 0, cancellationToken);

        // Concurrent callers may both ask; either answer is valid for both.
        if (Volatile.Read(ref _hadRoom) && time.GetElapsedTime(Interlocked.Read(ref _hadRoomAt)) < s_believed)
            return true;
        var has = await scope.ServiceProvider.EngineOf<TDb>().HasRoomAsync(cancellationToken);
        Interlocked.Exchange(ref _hadRoomAt, time.GetTimestamp());
        Volatile.Write(ref _hadRoom, has);
        return has;
    }
}
