using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Primitives;

namespace Siaga.Database;

/// <summary>Whether a service's database can be used: it answers, it was migrated, and there is room to write.</summary>
public sealed class DatabaseCheck<TDb>(IServiceScopeFactory scopes, TimeProvider time)
    where TDb : ServiceDb
{
    // Asking for room costs the server some writes; that there was some is believed for this long.
    private static readonly TimeSpan s_believed = TimeSpan.FromSeconds(10);

    // Less than whoever asks for readiness waits, so that the answer says what is away.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5);

    private long _hadRoomAt;
    private bool _hadRoom;

    /// <returns>Null: it can be used.</returns>
    public async Task<Error?> CheckAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            return await HasRoomAsync(limit.Token).WaitAsync(limit.Token)
                ? null
                : new Error(ErrorKind.Unavailable, "database_full", "The database has no room left.");
        }
        catch (Exception)
        {
            // Whatever is wrong with the database, the answer is the same: not now.
            return new Error(ErrorKind.Unavailable, "database_unavailable", "The database does not answer.");
        }
    }

    /// <summary>Fails both when the database does not answer and when it was never migrated.</summary>
    private async Task<bool> HasRoomAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TDb>().Set<OutboxMessage>().AnyAsync(m => m.Id < 0, cancellationToken);

        // Those who ask at once may both look; what one of them finds is true for the other.
        if (Volatile.Read(ref _hadRoom) && time.GetElapsedTime(Interlocked.Read(ref _hadRoomAt)) < s_believed)
            return true;
        var has = await scope.ServiceProvider.EngineOf<TDb>().HasRoomAsync(cancellationToken);
        Interlocked.Exchange(ref _hadRoomAt, time.GetTimestamp());
        Volatile.Write(ref _hadRoom, has);
        return has;
    }
}
