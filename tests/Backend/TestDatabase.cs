using Microsoft.Data.Sqlite;
using Siaga.Database;
using Siaga.Database.Sqlite;

namespace Siaga.Tests.Backend;

/// <summary>The database under one host. This one is an SQLite file; tests/Backend.Postgres has another of this name and the same tests.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const int SqliteFull = 13;

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-backend-").FullName;

    private TestDatabase() => Engine = new SqliteEngine(Path.Combine(_folder, "backend.db"));

    /// <summary>True where there is no engine to test; never of this one.</summary>
    public static bool IsMissing => false;

    public IDatabaseEngine Engine { get; }

    public static Task<TestDatabase> CreateAsync() => Task.FromResult(new TestDatabase());

    /// <summary>What the engine's driver throws where there is no room.</summary>
    public static Exception NoRoom() => new SqliteException("database or disk is full", SqliteFull);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
