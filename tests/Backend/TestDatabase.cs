using Microsoft.Data.Sqlite;
using Siaga.Database;
using Siaga.Database.Sqlite;

namespace Siaga.Tests.Backend;

/// <summary>A host's database: here an SQLite file. tests/Backend.Postgres has another class of this name and the same tests.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const int SqliteFull = 13;

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-backend-").FullName;

    private TestDatabase() => Engine = new SqliteEngine(Path.Combine(_folder, "backend.db"));

    /// <summary>True when the engine is not installed; never for this one.</summary>
    public static bool IsMissing => false;

    public IDatabaseEngine Engine { get; }

    public static Task<TestDatabase> CreateAsync() => Task.FromResult(new TestDatabase());

    /// <summary>The exception that the engine's driver throws when the disk is full.</summary>
    public static Exception NoRoom() => new SqliteException("database or disk is full", SqliteFull);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
