using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Siaga.Intake;
using Siaga.Messages;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Intake;

public sealed class CameraKeyCacheTests : IDisposable
{
    private const string Key = "sck_0123456789abcdef";
    private const string Other = "sck_abcdef0123456789";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private readonly Store _store = new();
    private readonly FakeServer _backend;
    private readonly CameraKeyCache _cache;
    private CameraKeyInfo? _known;
    private bool _isAway;

    public CameraKeyCacheTests()
    {
        _backend = new FakeServer(_ => _isAway ? throw new HttpRequestException("away")
            : _known is null ? FakeServer.Empty(HttpStatusCode.NotFound)
            : FakeServer.Json(JsonSerializer.Serialize(_known, MessageJson.Options)));
        _cache = new CameraKeyCache(_store, new IngestionApi(_backend.ToBackend()), _time);
    }

    public void Dispose()
    {
        _cache.Dispose();
        _backend.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sck_")]
    [InlineData("sck_0123456789abcde")]
    [InlineData("key_0123456789abcdef")]
    [InlineData("SCK_0123456789abcdef")]
    public async Task What_is_no_key_is_refused_without_asking(string? key)
    {
        Assert.Equal("camera_key_refused", await CodeOfAsync(key));
        Assert.Empty(_backend.Asked);
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(201, 0)]
    public async Task A_key_has_at_most_200_characters(int length, int asked)
    {
        await CodeOfAsync("sck_" + new string('x', length - 4));
        Assert.Equal(asked, _backend.Asked.Count);
    }

    [Fact]
    public async Task A_new_key_is_asked_for_once_and_kept_for_the_next_start()
    {
        _known = Info(Key);
        Assert.Equal(9, await CameraOfAsync(Key));
        Assert.Equal(9, await CameraOfAsync(Key));
        Assert.Single(_backend.Asked);
        Assert.Equal([HashOf(Key)], _store.Keys.Select(k => k.Hash));
    }

    [Fact]
    public async Task Known_cameras_deliver_while_the_backend_is_away_also_after_a_start()
    {
        _store.Keys.Add(Stored(Info(Key)));
        await _cache.LoadAsync(TestContext.Current.CancellationToken);
        _isAway = true;
        Assert.Equal(9, await CameraOfAsync(Key));
        Assert.Equal("camera_key_unverified", await CodeOfAsync(Other));
    }

    [Fact]
    public async Task A_key_that_could_not_be_asked_for_is_asked_for_again_at_once()
    {
        _isAway = true;
        await CodeOfAsync(Key);
        (_isAway, _known) = (false, Info(Key));
        Assert.Equal(9, await CameraOfAsync(Key));
    }

    [Fact]
    public async Task An_unknown_key_stays_unknown_for_two_seconds_without_asking()
    {
        Assert.Equal("camera_key_refused", await CodeOfAsync(Key));
        _known = Info(Key);
        _time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.Equal("camera_key_refused", await CodeOfAsync(Key));
        Assert.Single(_backend.Asked);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(9, await CameraOfAsync(Key));
    }

    [Fact]
    public async Task A_key_that_is_learned_is_known_at_once_though_it_was_unknown_a_moment_ago()
    {
        await CodeOfAsync(Key);
        await _cache.LearnAsync([Info(Key)], TestContext.Current.CancellationToken);
        Assert.Equal(9, await CameraOfAsync(Key));
    }

    [Fact]
    public async Task A_key_that_was_revoked_is_refused_and_not_asked_for()
    {
        await LearnAsync(Info(Key));
        await LearnAsync(Info(Key) with { Active = false });
        Assert.Equal("camera_key_refused", await CodeOfAsync(Key));
        Assert.Empty(_backend.Asked);
        Assert.Empty(_cache.TakeUses());
    }

    [Fact]
    public async Task Only_what_changed_is_stored()
    {
        await LearnAsync(Info(Key));
        await LearnAsync(Info(Key));
        Assert.Equal(1, _store.Writes);
        await LearnAsync(Info(Key) with { CompanyId = 8 });
        await LearnAsync(Info(Key) with { CompanyId = 8, Active = false });
        Assert.Equal(3, _store.Writes);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public async Task Another_process_that_was_faster_is_survived_a_few_times(int conflicts, bool isStored)
    {
        _store.Conflicts = conflicts;
        var learning = LearnAsync(Info(Key));
        if (isStored)
            await learning;
        else
            await Assert.ThrowsAsync<InvalidOperationException>(() => learning);
        Assert.Equal(isStored ? 1 : 0, _store.Keys.Count);
    }

    [Fact]
    public async Task Uses_are_told_once_and_those_that_were_not_taken_again()
    {
        await LearnAsync(Info(Key));
        await CameraOfAsync(Key);
        _time.Advance(TimeSpan.FromSeconds(5));
        await CameraOfAsync(Key);
        var uses = _cache.TakeUses();
        Assert.Equal([new CameraKeyUse(31, _time.GetUtcNow())], uses);
        Assert.Empty(_cache.TakeUses());
        _cache.ReturnUses(uses);
        Assert.Equal(uses, _cache.TakeUses());
    }

    [Fact]
    public async Task A_use_is_waited_for_also_one_that_came_back()
    {
        await LearnAsync(Info(Key));
        var waiting = _cache.WaitForUseAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        await CameraOfAsync(Key);
        await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        _cache.ReturnUses(_cache.TakeUses());
        Assert.True(_cache.WaitForUseAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task Of_a_use_that_comes_back_and_a_newer_one_the_newer_counts()
    {
        await LearnAsync(Info(Key));
        await CameraOfAsync(Key);
        var earlier = _cache.TakeUses();
        _time.Advance(TimeSpan.FromSeconds(5));
        await CameraOfAsync(Key);
        _cache.ReturnUses(earlier);
        Assert.Equal(_time.GetUtcNow(), Assert.Single(_cache.TakeUses()).At);
        _cache.ReturnUses([earlier[0] with { At = _time.GetUtcNow() }]);
        _cache.ReturnUses(earlier);
        Assert.Equal(_time.GetUtcNow(), Assert.Single(_cache.TakeUses()).At);
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static CameraKeyInfo Info(string key) => new(31, 9, 7, HashOf(key), Active: true, DateTimeOffset.UnixEpoch);

    private static KnownKey Stored(CameraKeyInfo i) =>
        new() { Id = i.Id, Hash = i.Hash, CameraId = i.CameraId, CompanyId = i.CompanyId, Active = i.Active };

    private Task LearnAsync(CameraKeyInfo info) => _cache.LearnAsync([info], TestContext.Current.CancellationToken);

    private async Task<string?> CodeOfAsync(string? key) =>
        (await _cache.FindAsync(key, TestContext.Current.CancellationToken)).Error?.Code;

    private async Task<long> CameraOfAsync(string key) =>
        (await _cache.FindAsync(key, TestContext.Current.CancellationToken)).Value.CameraId;

    private sealed class Store : IKnownKeys
    {
        public List<KnownKey> Keys { get; } = [];

        public int Writes { get; private set; }

        /// <summary>So many writes meet another process first.</summary>
        public int Conflicts { get; set; }

        public IAsyncEnumerable<KnownKey> ListAsync(CancellationToken cancellationToken) => Keys.ToAsyncEnumerable();

        public Task<IReadOnlyCollection<KnownKey>?> StoreAsync(IReadOnlyList<CameraKeyInfo> items, CancellationToken cancellationToken)
        {
            if (Conflicts-- > 0)
                return Task.FromResult<IReadOnlyCollection<KnownKey>?>(null);
            Writes++;
            var stored = items.Select(Stored).ToList();
            Keys.RemoveAll(k => stored.Exists(s => s.Id == k.Id));
            Keys.AddRange(stored);
            return Task.FromResult<IReadOnlyCollection<KnownKey>?>(stored);
        }
    }
}
