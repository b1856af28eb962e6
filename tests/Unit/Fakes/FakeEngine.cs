using System.Data.Common;
using FluentMigrator.Runner;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Siaga.Database;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>An engine without a database, which knows what an exception means.</summary>
internal sealed class FakeEngine(Func<Exception, DatabaseFailure?> failureOf) : IDatabaseEngine
{
    public string Name => "fake";

    public bool IsShared => false;

    public void Configure(DbContextOptionsBuilder options) => throw new NotSupportedException();

    public void Configure(IMigrationRunnerBuilder runner) => throw new NotSupportedException();

    public DbConnection CreateConnection() => throw new NotSupportedException();

    public Task<IAsyncDisposable> LockForMigrationAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task LockAsync(DatabaseFacade database, string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task NotifyAsync(DatabaseFacade database, string topic, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task ListenAsync(Action begun, Action<string> heard, CancellationToken cancellationToken) => throw new NotSupportedException();

    public string UnixMs(string column) => throw new NotSupportedException();

    public Task<bool> HasRoomAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public DatabaseFailure? FailureOf(Exception exception) => failureOf(exception);
}
