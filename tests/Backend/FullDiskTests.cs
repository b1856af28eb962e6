using System.Data.Common;
using FluentMigrator.Runner;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Siaga.Database;

namespace Siaga.Tests.Backend;

/// <summary>A full database: no request is answered as stored, and every one may be retried.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly BackendHost _host = new();
    private readonly NoRoom _noRoom = new();

    public async ValueTask InitializeAsync()
    {
        _host.Wrap = engine => new EngineWithoutRoom(engine, _noRoom);
        await _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_report_that_finds_no_room_is_503_and_is_stored_when_there_is_room_again()
    {
        var tenant = await _host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        _noRoom.IsFull = true;
        var refused = await _host.Worker.PostAsync("/api/analyses", report);
        Expect.Problem(refused, 503, "storage_full");
        Assert.True(refused.Headers.Contains("Retry-After"));
        Assert.Empty(Expect.Items(await tenant.User.GetAsync("/api/anomalies")));
        _noRoom.IsFull = false;
        Assert.Equal(201, (await _host.Worker.PostAsync("/api/analyses", report)).Status);
        Assert.Single(Expect.Items(await tenant.User.GetAsync("/api/anomalies")));
    }

    [Fact]
    public async Task The_Backend_is_not_ready_while_its_database_has_no_room_and_the_report_says_so()
    {
        _noRoom.IsFull = true;
        Expect.Problem(await _host.Anonymous.GetAsync("/healthz/ready"), 503, "database_full");
        var state = (await _host.Root.GetAsync("/api/health/report")).Json.GetProperty("database");
        Assert.Equal((false, "has no free space left"), (state.GetProperty("ok").GetBoolean(), state.GetProperty("status").GetString()));
        _noRoom.IsFull = false;
        Assert.Equal(200, (await _host.Anonymous.GetAsync("/healthz/ready")).Status);
        Assert.True((await _host.Root.GetAsync("/api/health/report")).Json.GetProperty("database").GetProperty("ok").GetBoolean());
    }

    private sealed class NoRoom : DbCommandInterceptor
    {
        public volatile bool IsFull;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default) =>
            IsFull && command.CommandText.StartsWith("INSERT", StringComparison.Ordinal)
                ? throw TestDatabase.NoRoom()
                : base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    private sealed class EngineWithoutRoom(IDatabaseEngine inner, NoRoom noRoom) : IDatabaseEngine
    {
        public string Name => inner.Name;

        public bool IsShared => inner.IsShared;

        public void Configure(DbContextOptionsBuilder options)
        {
            inner.Configure(options);
            options.AddInterceptors(noRoom);
        }

        public void Configure(IMigrationRunnerBuilder runner) => inner.Configure(runner);

        public Task<IAsyncDisposable> LockForMigrationAsync(CancellationToken cancellationToken) =>
            inner.LockForMigrationAsync(cancellationToken);

        public Task LockAsync(DatabaseFacade database, string name, CancellationToken cancellationToken) =>
            inner.LockAsync(database, name, cancellationToken);

        public Task NotifyAsync(DatabaseFacade database, string topic, CancellationToken cancellationToken) =>
            inner.NotifyAsync(database, topic, cancellationToken);

        public Task ListenAsync(Action begun, Action<string> heard, CancellationToken cancellationToken) =>
            inner.ListenAsync(begun, heard, cancellationToken);

        public DbConnection CreateConnection() => inner.CreateConnection();

        public string UnixMs(string column) => inner.UnixMs(column);

        public Task<bool> HasRoomAsync(CancellationToken cancellationToken) =>
            noRoom.IsFull ? Task.FromResult(false) : inner.HasRoomAsync(cancellationToken);

        public DatabaseFailure? FailureOf(Exception exception) => inner.FailureOf(exception);
    }
}
