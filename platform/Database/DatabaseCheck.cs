using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Primitives;

namespace Siaga.Database;

/// <summary>Checks that a service's database is usable: it answers, is migrated and has room to write.</summary>
public sealed class DatabaseCheck<TDb>(IServiceScopeFactory scopes, TimeProvider time)
    where TDb : ServiceDb
{
    // Shorter than the timeout of a readiness probe, so that the answer can say what is unavailable.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5);

    private readonly RoomAnswer _room = new(time);

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
        if (_room.IsBelieved)
            return true;
        var has = await scope.ServiceProvider.EngineOf<TDb>().HasRoomAsync(cancellationToken);
        _room.Was(has);
        return has;
    }
}

/// <summary>The last answer to whether a database has room. Asking costs the server some writes, so a positive one is reused.</summary>
internal sealed class RoomAnswer(TimeProvider time)
{
    private static readonly TimeSpan s_believed = TimeSpan.FromSeconds(10);

    private long _at;
    private bool _hadRoom;

    /// <summary>True: there was room a moment ago. A negative answer is never reused, because room may be made at any time.</summary>
    public bool IsBelieved => Volatile.Read(ref _hadRoom) && time.GetElapsedTime(Interlocked.Read(ref _at)) < s_believed;

    public void Was(bool hasRoom)
    {
        Interlocked.Exchange(ref _at, time.GetTimestamp());
        Volatile.Write(ref _hadRoom, hasRoom);
    }
}
