using System.Data.Common;
using FluentMigrator.Runner;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Siaga.Database;

/// <summary>One service's database on one engine. Each adapter implements it; the wiring chooses.</summary>
public interface IDatabaseEngine
{
    /// <summary>The name in settings: <c>sqlite</c>, <c>postgres</c>.</summary>
    string Name { get; }

    /// <summary>Points a context at the database.</summary>
    void Configure(DbContextOptionsBuilder options);

    /// <summary>Creates a closed connection, for queries that do not need a context; not for writing.</summary>
    DbConnection CreateConnection();

    /// <summary>Points the migration runner at the database.</summary>
    void Configure(IMigrationRunnerBuilder runner);

    /// <summary>Waits until no other process migrates this database, and blocks others until the result is disposed.</summary>
    Task<IAsyncDisposable> LockForMigrationAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether several processes may use the database at once. If so, workers that each take some rows of a table can lock them with
    /// <c>FOR UPDATE SKIP LOCKED</c>, so that no two take the same row.
    /// </summary>
    bool IsShared { get; }

    /// <summary>Waits until no other transaction holds this lock name, and holds it until the current transaction ends.</summary>
    Task LockAsync(DatabaseFacade database, string name, CancellationToken cancellationToken);

    /// <summary>Notifies listeners in this and other processes that a topic changed, when the current transaction commits.</summary>
    Task NotifyAsync(DatabaseFacade database, string topic, CancellationToken cancellationToken);

    /// <summary>Listens for changes until the connection fails or the call is cancelled.</summary>
    /// <param name="begun">Called once, when every later commit will be reported.</param>
    /// <param name="heard">Called with each changed topic.</param>
    /// <param name="cancellationToken">Stops listening.</param>
    Task ListenAsync(Action begun, Action<string> heard, CancellationToken cancellationToken);

    /// <summary>SQL that converts a time column to whole milliseconds since 1970, for aggregation in the database.</summary>
    /// <param name="column">The column's name; never from user input.</param>
    string UnixMs(string column);

    /// <summary>Whether there is room to write. It allocates new space, because a write into existing pages proves nothing.</summary>
    /// <exception cref="DbException">The database does not answer.</exception>
    Task<bool> HasRoomAsync(CancellationToken cancellationToken);

    /// <summary>Classifies an exception, whichever engine it comes from; null for one that is unexpected on every engine.</summary>
    DatabaseFailure? FailureOf(Exception exception);
}

/// <summary>Failures that callers expect.</summary>
public enum DatabaseFailure
{
    /// <summary>A unique index refused the change: another request was first.</summary>
    UniqueViolation,

    /// <summary>There is no room left.</summary>
    Full,

    /// <summary>The database does not answer or is too busy. The caller should retry later.</summary>
    Unavailable,

    /// <summary>A string contains a character that no database can store in a text, such as U+0000.</summary>
    Unstorable,
}
