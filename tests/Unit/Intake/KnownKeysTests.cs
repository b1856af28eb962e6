using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Intake;
using Siaga.Messages;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Intake;

public sealed class KnownKeysTests : IAsyncLifetime
{
    private const int SqliteFull = 13;

    private readonly MemoryEngine _engine = new();
    private readonly ServiceProvider _services;
    private readonly KnownKeys _keys;

    public KnownKeysTests()
    {
        _services = new ServiceCollection().AddServiceDb<IngestionDb>(_ => _engine).AddTables<IngestionDb, IntakeTables>()
            .BuildServiceProvider();
        _keys = new KnownKeys(_services.GetRequiredService<IServiceScopeFactory>());
    }

    public async ValueTask InitializeAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IngestionDb>().Database.EnsureCreatedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task New_keys_are_added_and_known_ones_changed_by_their_ids()
    {
        Assert.Equal(["31 a 9 7 True"], Told(await StoreAsync(Info(31))));
        CameraKeyInfo[] changes = [new(31, 10, 8, "b", Active: false, default), Info(32)];
        Assert.Equal(["31 b 10 8 False", "32 a 9 7 True"], Told(await StoreAsync(changes)));
        Assert.Equal(["31 b 10 8 False", "32 a 9 7 True"], await ListAsync());
    }

    [Fact]
    public async Task Of_one_key_told_twice_the_later_counts()
    {
        Assert.Equal(["31 a 9 7 False"], Told(await StoreAsync(Info(31), Info(31) with { Active = false })));
        Assert.Equal(["31 a 9 7 False"], await ListAsync());
    }

    [Fact]
    public async Task A_key_that_was_added_by_another_process_at_the_same_moment_stores_none_of_them()
    {
        _engine.Meanwhile = db => db.Database.ExecuteSqlRawAsync(
            "INSERT INTO known_keys (id, hash, camera_id, company_id, active) VALUES (31, 'other', 9, 7, 1)");
        Assert.Null(await StoreAsync(Info(30), Info(31), Info(32)));
        Assert.Equal(["31 other 9 7 True"], await ListAsync());
    }

    [Fact]
    public async Task A_key_that_was_removed_at_the_same_moment_stores_none_of_them()
    {
        await StoreAsync(Info(31));
        _engine.Meanwhile = db => db.Database.ExecuteSqlRawAsync("DELETE FROM known_keys");
        Assert.Null(await StoreAsync(Info(31) with { Active = false }, Info(32)));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Any_other_failure_is_not_taken_for_a_conflict()
    {
        _engine.Meanwhile = _ => throw new DbUpdateException("Saving failed.", new SqliteException("Full.", SqliteFull));
        await Assert.ThrowsAsync<DbUpdateException>(() => StoreAsync(Info(31)));
        Assert.Empty(await ListAsync());
    }

    private static CameraKeyInfo Info(long id) => new(id, 9, 7, "a", Active: true, DateTimeOffset.UnixEpoch);

    private static IEnumerable<string> Told(IEnumerable<KnownKey>? keys) =>
        keys!.OrderBy(k => k.Id).Select(k => $"{k.Id} {k.Hash} {k.CameraId} {k.CompanyId} {k.Active}");

    private Task<IReadOnlyCollection<KnownKey>?> StoreAsync(params CameraKeyInfo[] items) =>
        _keys.StoreAsync(items, CancellationToken.None);

    private async Task<IEnumerable<string>> ListAsync() => Told(await _keys.ListAsync(CancellationToken.None).ToListAsync());
}
