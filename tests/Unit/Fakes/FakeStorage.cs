using System.Runtime.CompilerServices;
using Siaga.BlobStorage;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>Object storage in memory.</summary>
internal sealed class FakeStorage : IBlobStorage
{
    public Dictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>When every object was written.</summary>
    public DateTimeOffset WrittenAt { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>Thrown by every operation; null: none fails.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What links begin with.</summary>
    public string Links { get; init; } = "/blobs/";

    public Task<IBlobUpload> BeginUploadAsync(string likelyKey, CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult<IBlobUpload>(new Upload(this)) : throw Failure;

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) => Failure is null
        ? Task.FromResult<Stream?>(Objects.TryGetValue(key, out var bytes) ? new MemoryStream(bytes) : null)
        : throw Failure;

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken) => Failure is null
        ? Task.FromResult(Objects.TryGetValue(key, out var bytes) ? new BlobInfo(key, bytes.Length, WrittenAt) : null)
        : throw Failure;

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        Objects.Remove(key);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var (key, bytes) in Objects.Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal)))
            yield return new BlobInfo(key, bytes.Length, WrittenAt);
    }

    public string CreateReadUrl(string key, TimeSpan lifetime) => $"{Links}{key}?for={lifetime.TotalSeconds}";

    public Task CheckAsync(CancellationToken cancellationToken) => Failure is null ? Task.CompletedTask : throw Failure;

    private sealed class Upload(FakeStorage storage) : IBlobUpload
    {
        private readonly MemoryStream _content = new();

        public Stream Content => _content;

        public Task CommitAsync(string key, CancellationToken cancellationToken)
        {
            storage.Objects.Add(key, _content.ToArray());
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => _content.DisposeAsync();
    }
}
