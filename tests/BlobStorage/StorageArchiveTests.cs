using Siaga.BlobStorage;
using Siaga.BlobStorage.Files;

namespace Siaga.Tests.BlobStorage;

/// <summary>A copy of a storage holds exactly what existed at its moment, however often the export is started.</summary>
public sealed class StorageArchiveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-archive-").FullName;

    [Fact]
    public async Task What_is_exported_and_imported_elsewhere_is_the_same()
    {
        var (from, to) = (Open("from"), Open("to"));
        await WriteAsync(from, "1/2/a.mp4", 10);
        await WriteAsync(from, "1/3/b.jpg", 20);
        Assert.Equal(new ArchiveResult(2, 0, 0, 30), await ExportAsync(from));
        Assert.Equal(new ArchiveResult(2, 0, 0, 30), await ImportAsync(to));
        Assert.Equal(await ReadAsync(from), await ReadAsync(to));
    }

    [Fact]
    public async Task Repeated_it_copies_only_what_is_missing_and_removes_what_is_gone()
    {
        var (from, to) = (Open("from"), Open("to"));
        await WriteAsync(from, "1/2/a.mp4", 10);
        await WriteAsync(from, "1/2/b.mp4", 11);
        await ExportAsync(from);
        await ImportAsync(to);
        await from.DeleteAsync("1/2/a.mp4", default);
        await WriteAsync(from, "1/2/c.mp4", 12);
        Assert.Equal(new ArchiveResult(1, 1, 1, 12), await ExportAsync(from));
        Assert.False(File.Exists(Path.Combine(Copy, "objects", "1/2/a.mp4")));
        Assert.Equal(new ArchiveResult(1, 1, 0, 12), await ImportAsync(to));
    }

    [Fact]
    public async Task What_was_stored_after_the_moment_is_left_out()
    {
        var from = Open("from");
        await WriteAsync(from, "1/2/a.mp4", 10);
        var moment = (await from.FindAsync("1/2/a.mp4", default))!.WrittenAt.AddSeconds(1);
        await WriteAsync(from, "1/2/b.mp4", 10);
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "from", "objects", "1/2/b.mp4"), moment.AddSeconds(1).UtcDateTime);
        Assert.Equal(1, (await new StorageArchive(from, Copy).ExportAsync(moment, _ => { }, () => { }, default)).Copied);
    }

    [Fact]
    public async Task A_copy_that_was_cut_off_is_finished_by_the_next_and_never_imported()
    {
        var (from, to) = (Open("from"), Open("to"));
        for (var i = 0; i < 30; i++)
            await WriteAsync(from, $"1/2/{i}.mp4", 10);
        using var cut = new CancellationTokenSource();
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new StorageArchive(from, Copy).ExportAsync(null, _ => { }, () =>
        {
            if (Interlocked.Increment(ref seen) == 5)
                cut.Cancel();
        }, cut.Token));
        var refused = await Assert.ThrowsAsync<IOException>(() => ImportAsync(to));
        Assert.Contains("no complete copy", refused.Message, StringComparison.Ordinal);
        var rest = await ExportAsync(from);
        Assert.True(rest.Kept >= 5, $"{rest}");
        Assert.Equal(30, rest.Copied + rest.Kept);
        Assert.Equal(30, (await ImportAsync(to)).Copied);
    }

    [Theory]
    [InlineData("10\t../../etc/passwd")]
    [InlineData("ten\t1/2/a.mp4")]
    [InlineData("11\t1/2/a.mp4")]
    [InlineData("10\t1/2/missing.mp4")]
    public async Task A_list_that_is_not_true_is_refused_before_anything_is_copied(string line)
    {
        var (from, to) = (Open("from"), Open("to"));
        await WriteAsync(from, "1/2/a.mp4", 10);
        await ExportAsync(from);
        await File.AppendAllTextAsync(Path.Combine(Copy, "list.tsv"), line + "\n");
        await Assert.ThrowsAsync<IOException>(() => ImportAsync(to));
        Assert.Empty(await ReadAsync(to));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Copy => Path.Combine(_folder, "copy");

    private FileBlobStorage Open(string name) =>
        new(new FileBlobOptions { Folder = Path.Combine(_folder, name), SigningKey = () => new byte[32] }, TimeProvider.System);

    private Task<ArchiveResult> ExportAsync(IBlobStorage storage) =>
        new StorageArchive(storage, Copy).ExportAsync(null, _ => { }, () => { }, default);

    private Task<ArchiveResult> ImportAsync(IBlobStorage storage) =>
        new StorageArchive(storage, Copy).ImportAsync(_ => { }, () => { }, default);

    private static async Task WriteAsync(IBlobStorage storage, string key, int size)
    {
        await using var upload = await storage.BeginUploadAsync(key, default);
        await upload.Content.WriteAsync(Enumerable.Repeat((byte)key[^5], size).ToArray());
        await upload.CommitAsync(key, default);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(IBlobStorage storage)
    {
        var found = new List<string>();
        await foreach (var blob in storage.ListAsync("", default))
        {
            await using var stream = await storage.OpenReadAsync(blob.Key, default);
            using var reader = new StreamReader(stream!);
            found.Add($"{blob.Key} {await reader.ReadToEndAsync()}");
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }
}
