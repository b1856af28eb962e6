using System.Data.Common;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Siaga.Database;
using Siaga.Database.Sqlite;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>A database in memory, for classes that decide by what their rows are; gone when this is disposed.</summary>
internal sealed class MemoryEngine : IDatabaseEngine, IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly SqliteEngine _sqlite = new("none.db");
    private readonly Interceptor _interceptor;

    public MemoryEngine()
    {
        _interceptor = new Interceptor(this);
        _connection.Open();
    }

    public string Name => "memory";

    public bool IsShared => false;

    /// <summary>Happens after a unit of work has read its rows and before it writes them, as another process would do it.</summary>
    public Func<DbContext, Task>? Meanwhile { get; set; }

    public void Configure(DbContextOptionsBuilder options) => options.UseSqlite(_connection).AddInterceptors(_interceptor);

    public DatabaseFailure? FailureOf(Exception exception) => _sqlite.FailureOf(exception);

    public void Dispose() => _connection.Dispose();

    public void Configure(IMigrationRunnerBuilder runner) => throw new NotSupportedException();

    public DbConnection CreateConnection() => throw new NotSupportedException();

    public Task<IAsyncDisposable> LockForMigrationAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task LockAsync(DatabaseFacade database, string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task NotifyAsync(DatabaseFacade database, string topic, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task ListenAsync(Action begun, Action<string> heard, CancellationToken cancellationToken) => throw new NotSupportedException();

    public string UnixMs(string column) => throw new NotSupportedException();

    public Task<bool> HasRoomAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private sealed class Interceptor(MemoryEngine engine) : SaveChangesInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (engine.Meanwhile is { } change)
                await change(eventData.Context!);
            return result;
        }
    }
}
