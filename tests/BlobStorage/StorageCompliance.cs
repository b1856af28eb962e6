using System.Security.Cryptography;
using Siaga.BlobStorage;

namespace Siaga.Tests.BlobStorage;

/// <summary>Tests that every storage adapter must pass. A subclass opens an empty storage.</summary>
public abstract class StorageCompliance
{
    [Theory]
    [InlineData(1)]
    [InlineData(300_000)]
    [InlineData(5 << 20)]
    [InlineData((5 << 20) + 1)]
    [InlineData(12_345_678)]
    public async Task A_committed_object_is_read_as_it_was_written(int size)
    {
        var storage = await OpenAsync();
        var bytes = Bytes(size);
        await WriteAsync(storage, "7/1/a.mp4", bytes);
        Assert.Equal(SHA256.HashData(bytes), await HashAsync(storage, "7/1/a.mp4"));
        var found = await storage.FindAsync("7/1/a.mp4", default);
        Assert.Equal(size, found!.Size);
        Assert.InRange(found.WrittenAt, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(6 << 20)]
    public async Task Nothing_is_visible_before_the_commit_and_nothing_stays_without_one(int size)
    {
        var storage = await OpenAsync();
        await using (var upload = await storage.BeginUploadAsync("7/1/a.mp4", default))
        {
            await upload.Content.WriteAsync(Bytes(size));
            Assert.Null(await storage.FindAsync("7/1/a.mp4", default));
        }

        Assert.Null(await storage.OpenReadAsync("7/1/a.mp4", default));
        Assert.Empty(await ListAsync(storage, ""));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(6 << 20)]
    public async Task An_object_is_known_by_the_key_of_its_commit_alone(int size)
    {
        var storage = await OpenAsync();
        var bytes = Bytes(size);
        await using (var upload = await storage.BeginUploadAsync("0/0/likely.mp4", default))
        {
            await upload.Content.WriteAsync(bytes);
            await upload.CommitAsync("7/1/true.mp4", default);
        }

        Assert.Equal(["7/1/true.mp4"], await ListAsync(storage, ""));
        Assert.Equal(SHA256.HashData(bytes), await HashAsync(storage, "7/1/true.mp4"));
    }

    [Fact]
    public async Task An_object_is_never_written_over()
    {
        var storage = await OpenAsync();
        var first = Bytes(1000);
        await WriteAsync(storage, "7/1/a.mp4", first);
        await Assert.ThrowsAnyAsync<IOException>(() => WriteAsync(storage, "7/1/a.mp4", Bytes(1000)));
        Assert.Equal(SHA256.HashData(first), await HashAsync(storage, "7/1/a.mp4"));
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_may_be_deleted()
    {
        var storage = await OpenAsync();
        Assert.Null(await storage.FindAsync("7/1/a.mp4", default));
        Assert.Null(await storage.OpenReadAsync("7/1/a.mp4", default));
        await storage.DeleteAsync("7/1/a.mp4", default);
    }

    [Fact]
    public async Task A_deleted_object_is_gone()
    {
        var storage = await OpenAsync();
        await WriteAsync(storage, "7/1/a.mp4", Bytes(10));
        await storage.DeleteAsync("7/1/a.mp4", default);
        Assert.Null(await storage.FindAsync("7/1/a.mp4", default));
        Assert.Empty(await ListAsync(storage, ""));
    }

    [Fact]
    public async Task A_list_holds_what_begins_so_and_a_check_leaves_nothing_in_it()
    {
        var storage = await OpenAsync();
        foreach (var key in (string[])["7/1/a.mp4", "7/10/b.mp4", "8/1/c.mp4"])
            await WriteAsync(storage, key, Bytes(10));
        await storage.CheckAsync(default);
        Assert.Equal(["7/1/a.mp4"], await ListAsync(storage, "7/1/"));
        Assert.Equal(["7/1/a.mp4", "7/10/b.mp4"], await ListAsync(storage, "7/"));
        Assert.Equal(["7/1/a.mp4", "7/10/b.mp4", "8/1/c.mp4"], await ListAsync(storage, ""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a")]
    [InlineData("7/../8/a")]
    [InlineData("/7/a")]
    [InlineData("7//a")]
    [InlineData("7/a b")]
    [InlineData("7/a?x=1")]
    [InlineData("7/é")]
    public async Task A_name_that_could_lead_elsewhere_is_refused(string key)
    {
        var storage = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => storage.BeginUploadAsync(key, default));
        await Assert.ThrowsAsync<ArgumentException>(() => storage.OpenReadAsync(key, default));
        await Assert.ThrowsAsync<ArgumentException>(() => storage.DeleteAsync(key, default));
        Assert.Throws<ArgumentException>(() => storage.CreateReadUrl(key, TimeSpan.FromMinutes(1)));
    }

    protected static byte[] Bytes(int size) => RandomNumberGenerator.GetBytes(size);

    protected static async Task WriteAsync(IBlobStorage storage, string key, byte[] bytes)
    {
        await using var upload = await storage.BeginUploadAsync(key, default);
        for (var at = 0; at < bytes.Length; at += 81920)
            await upload.Content.WriteAsync(bytes.AsMemory(at, Math.Min(81920, bytes.Length - at)));
        await upload.CommitAsync(key, default);
    }

    protected static async Task<byte[]> HashAsync(IBlobStorage storage, string key)
    {
        await using var stream = await storage.OpenReadAsync(key, default);
        return await SHA256.HashDataAsync(stream!);
    }

    protected static async Task<string[]> ListAsync(IBlobStorage storage, string prefix)
    {
        var keys = new List<string>();
        await foreach (var blob in storage.ListAsync(prefix, default))
            keys.Add(blob.Key);
        return [.. keys.Order(StringComparer.Ordinal)];
    }

    protected abstract Task<IBlobStorage> OpenAsync();
}
