using Siaga.Analysis.Scenes;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Scenes;
using Siaga.Scenes.Learning;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Analysis;

public sealed class SceneStoreTests
{
    private readonly FakeStorage _storage = new();
    private readonly SceneStore _store;

    public SceneStoreTests() => _store = new SceneStore(_storage);

    [Fact]
    public async Task A_version_that_was_stored_is_read_from_memory_and_by_another_from_storage()
    {
        var (size, sha256) = await _store.PutVersionAsync("7/9/scene/", 12, State(), TestContext.Current.CancellationToken);
        var key = Assert.Single(_storage.Objects).Key;
        Assert.Equal($"7/9/scene/00000012_{sha256[..16]}.scene", key);
        Assert.Equal(_storage.Objects[key].Length, size);
        Assert.Equal(3, (await new SceneStore(_storage).FindAsync(key, TestContext.Current.CancellationToken))!.Version);
        _storage.Objects.Clear();
        Assert.NotNull(await _store.FindAsync(key, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_version_is_one_object()
    {
        await _store.PutVersionAsync("7/9/scene/", 12, State(), TestContext.Current.CancellationToken);
        await _store.PutVersionAsync("7/9/scene/", 12, State(), TestContext.Current.CancellationToken);
        Assert.Single(_storage.Objects);
    }

    [Fact]
    public async Task What_is_missing_or_damaged_is_none()
    {
        _storage.Objects["a"] = [1, 2, 3];
        Assert.Null(await _store.FindAsync("a", TestContext.Current.CancellationToken));
        Assert.Null(await _store.FindAsync("b", TestContext.Current.CancellationToken));
        Assert.Null(await _store.FindLessonAsync(new WaitingSceneUpdate("l", "a"), TestContext.Current.CancellationToken));
        Assert.Null(await _store.FindLessonAsync(new WaitingSceneUpdate("l", "b"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_two_that_store_the_same_at_once_the_second_finds_it_there_and_any_other_failure_is_one()
    {
        var late = new Late(_storage);
        await late.PutOnceAsync("a", [1], TestContext.Current.CancellationToken);
        late.IsThere = false;
        await Assert.ThrowsAsync<IOException>(() => late.PutOnceAsync("b", [1], TestContext.Current.CancellationToken));
    }

    private static SceneState State()
    {
        var grid = new SceneGrid(24, 24);
        return new SceneState(3, new SceneStatistics(grid), new byte[grid.Pixels], 1, DateTimeOffset.UnixEpoch);
    }

    /// <summary>Another writer is faster: every commit fails, and the object is there afterwards or not.</summary>
    private sealed class Late(FakeStorage storage) : IBlobStorage
    {
        public bool IsThere { get; set; } = true;

        public async Task<IBlobUpload> BeginUploadAsync(string likelyKey, CancellationToken cancellationToken) =>
            new Upload(this, storage, await storage.BeginUploadAsync(likelyKey, cancellationToken));

        public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
            storage.OpenReadAsync(key, cancellationToken);

        public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken) => storage.FindAsync(key, cancellationToken);

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => storage.DeleteAsync(key, cancellationToken);

        public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) =>
            storage.ListAsync(prefix, cancellationToken);

        public string CreateReadUrl(string key, TimeSpan lifetime) => storage.CreateReadUrl(key, lifetime);

        public Task CheckAsync(CancellationToken cancellationToken) => storage.CheckAsync(cancellationToken);

        private sealed class Upload(Late late, FakeStorage storage, IBlobUpload upload) : IBlobUpload
        {
            public Stream Content => upload.Content;

            public Task CommitAsync(string key, CancellationToken cancellationToken)
            {
                if (late.IsThere)
                    storage.Objects[key] = [1];
                throw new IOException("It exists.");
            }

            public ValueTask DisposeAsync() => upload.DisposeAsync();
        }
    }
}
