using System.Data.Common;
using FluentMigrator.Runner;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Siaga.Database;

/// <summary>One database of one service on one engine. Each adapter brings an implementation; the wiring chooses.</summary>
public interface IDatabaseEngine
{
    /// <summary>As settings call it: <c>sqlite</c>, <c>postgres</c>.</summary>
    string Name { get; }

    /// <summary>Points a context at the database.</summary>
    void Configure(DbContextOptionsBuilder options);

    /// <summary>A closed connection to the database, for a question that is not worth a context; not for writing.</summary>
    DbConnection CreateConnection();

    /// <summary>Points the migration runner at the database.</summary>
    void Configure(IMigrationRunnerBuilder runner);

    /// <summary>Waits until no other process migrates this database, and keeps the others waiting until it is disposed.</summary>
    Task<IAsyncDisposable> LockForMigrationAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether several processes may use the database at once. Then those who each take some rows of a table to work on can have them locked
    /// by <c>FOR UPDATE SKIP LOCKED</c>, so that no two take the same.
    /// </summary>
    bool IsShared { get; }

    /// <summary>Within the transaction in hand: waits until no other one holds this name, and holds it until the transaction ends.</summary>
    Task LockAsync(DatabaseFacade database, string name, CancellationToken cancellationToken);

    /// <summary>Says that a topic changed to whoever listens, in this process or another, at the end of the transaction in hand.</summary>
    Task NotifyAsync(DatabaseFacade database, string topic, CancellationToken cancellationToken);

    /// <summary>Hears of changes until it cannot, or is cancelled.</summary>
    /// <param name="begun">Called once: what is committed from now on is heard.</param>
    /// <param name="heard">Called with each topic.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task ListenAsync(Action begun, Action<string> heard, CancellationToken cancellationToken);

    /// <summary>SQL that gives a column's time as whole milliseconds since 1970, for what is counted by the database itself.</summary>
    /// <param name="column">Its name; never from outside.</param>
    string UnixMs(string column);

    /// <summary>Whether there is room to write. It asks for new room: what fits into room that is there already is no proof.</summary>
    /// <exception cref="DbException">It does not answer.</exception>
    Task<bool> HasRoomAsync(CancellationToken cancellationToken);

    /// <summary>What a failure means, whichever engine it comes from; null for what is a surprise on every engine.</summary>
    DatabaseFailure? FailureOf(Exception exception);
}

/// <summary>Failures that are no surprise.</summary>
public enum DatabaseFailure
{
    /// <summary>A unique index refused the change: somebody else was first.</summary>
    UniqueViolation,

    /// <summary>There is no room left.</summary>
    Full,

    /// <summary>It does not answer now, or is too busy to: trying again later is right.</summary>
    Unavailable,

    /// <summary>A text holds what no text in a database may hold, such as U+0000.</summary>
    Unstorable,
}
