using System.Security.Cryptography;
using Siaga.BlobStorage;
using Siaga.BlobStorage.S3;
using Siaga.Tests.Servers;

namespace Siaga.Tests.BlobStorage;

/// <summary>A real S3 server behind a bad network: slow, silent or broken off. Every object is stored completely or not at all.</summary>
public sealed class BadStorageTests : IAsyncLifetime
{
    private const string Key = "7/1/a.mp4";

    private readonly string _bucket = $"bad-{Guid.NewGuid():N}";
    private KeptServer _server = null!;
    private FaultyProxy _proxy = null!;
    private S3BlobStorage _storage = null!;
    private S3BlobStorage _direct = null!;

    public async ValueTask InitializeAsync()
    {
        if (KeptServer.MissingS3 is { } reason)
            Assert.Skip(reason);
        _server = await KeptServer.S3Async();
        _proxy = new FaultyProxy(_server.Address);
        var options = new S3Options
        {
            Endpoint = _server.Address, Bucket = _bucket, AccessKey = KeptServer.S3Keys.AccessKey, SecretKey = KeptServer.S3Keys.SecretKey,
        };
        _direct = new S3BlobStorage(options, TimeProvider.System);
        await _direct.PrepareAsync(makeBucket: true, default);
        _storage = new S3BlobStorage(options with { Endpoint = _proxy.Address, Timeout = TimeSpan.FromSeconds(2) }, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _storage?.Dispose();
        _direct?.Dispose();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(12 << 20)]
    public async Task An_upload_survives_connections_that_break_off_on_the_way(int size)
    {
        _proxy.Next(new ConnectionFate { CutAfterSent = 50_000 }, new ConnectionFate { CutAfterSent = 50_000 });
        var bytes = RandomNumberGenerator.GetBytes(size);
        await WriteAsync(bytes);
        Assert.Equal(SHA256.HashData(bytes), await HashAsync(_direct));
        Assert.True(_proxy.Accepted >= 3);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(12 << 20)]
    public async Task An_answer_that_is_lost_is_asked_for_again(int size)
    {
        // The first answer to each kind of request is lost, although the server did the work: starting the upload, sending parts,
        // completing it.
        var bytes = RandomNumberGenerator.GetBytes(size);
        await using var upload = await _storage.BeginUploadAsync(Key, default);
        _proxy.Next(new ConnectionFate { CutAfterReceived = 0 });
        await upload.Content.WriteAsync(bytes);
        _proxy.Next(new ConnectionFate { CutAfterReceived = 0 });
        await upload.CommitAsync(Key, default);
        Assert.Equal(SHA256.HashData(bytes), await HashAsync(_direct));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(12 << 20)]
    public async Task An_upload_to_a_silent_storage_ends_in_time_and_leaves_nothing(int size)
    {
        _proxy.Usual = new ConnectionFate { Silent = true };
        await Assert.ThrowsAsync<StorageUnavailableException>(() => WriteAsync(RandomNumberGenerator.GetBytes(size)))
            .WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Null(await _direct.FindAsync(Key, default));
    }

    [Fact]
    public async Task A_slow_storage_is_only_slow()
    {
        _proxy.Usual = new ConnectionFate { Delay = TimeSpan.FromMilliseconds(150) };
        var bytes = RandomNumberGenerator.GetBytes(6 << 20);
        await WriteAsync(bytes);
        await using var half = await _storage.OpenReadAsync(Key, default);
        var read = new byte[10_000];
        await half!.ReadExactlyAsync(read);
        Assert.Equal(bytes[..10_000], read);
    }

    [Fact]
    public async Task A_read_that_breaks_off_is_an_error_and_never_a_shorter_object()
    {
        await WriteAsync(RandomNumberGenerator.GetBytes(1 << 20));
        _storage.Dispose();
        _storage = new S3BlobStorage(new S3Options
        {
            Endpoint = _proxy.Address, Bucket = _bucket, AccessKey = KeptServer.S3Keys.AccessKey, SecretKey = KeptServer.S3Keys.SecretKey,
            Timeout = TimeSpan.FromSeconds(2),
        }, TimeProvider.System);
        _proxy.Next(new ConnectionFate { CutAfterReceived = 300_000 });
        await Assert.ThrowsAsync<StorageUnavailableException>(() => HashAsync(_storage));
    }

    [Fact]
    public async Task A_gateway_that_is_killed_and_started_again_is_found_again_and_has_kept_everything()
    {
        var bytes = RandomNumberGenerator.GetBytes(6 << 20);
        await WriteAsync(bytes);
        await _server.KillAsync();
        try
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => _storage.FindAsync(Key, default));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => _storage.CheckAsync(default));
        }
        finally
        {
            await _server.StartAgainAsync();
        }

        Assert.Equal(SHA256.HashData(bytes), await HashAsync(_storage));
    }

    private static async Task<byte[]> HashAsync(IBlobStorage storage)
    {
        await using var stream = await storage.OpenReadAsync(Key, default);
        return await SHA256.HashDataAsync(stream!);
    }

    private async Task WriteAsync(byte[] bytes)
    {
        await using var upload = await _storage.BeginUploadAsync(Key, default);
        await upload.Content.WriteAsync(bytes);
        await upload.CommitAsync(Key, default);
    }
}
