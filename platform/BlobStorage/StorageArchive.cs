using System.Globalization;

namespace Siaga.BlobStorage;

/// <param name="Copied">Objects copied by this call.</param>
/// <param name="Kept">Objects that were there already.</param>
/// <param name="Removed">Files removed from the folder because their objects no longer exist.</param>
/// <param name="Bytes">Size of the copied objects.</param>
public sealed record ArchiveResult(long Copied, long Kept, long Removed, long Bytes);

/// <summary>
/// A copy of a storage in a folder: the objects as files below <c>objects/</c>, and <c>list.tsv</c>, which lists what belongs to the copy
/// (size in bytes, key). The list is written last, so a folder whose export did not finish has no list or that of the previous export. Both
/// directions may be repeated and then copy only what is missing, because an object never changes.
/// </summary>
/// <param name="storage">The storage that is exported or imported into.</param>
/// <param name="folder">The folder of the copy; created when missing.</param>
public sealed class StorageArchive(IBlobStorage storage, string folder)
{
    /// <summary>Objects that are copied at the same time. Sequential copying would mostly wait for the network.</summary>
    private const int AtOnce = 8;

    private string Objects => Path.Combine(folder, "objects");

    private string List => Path.Combine(folder, "list.tsv");

    /// <summary>
    /// Copies every object written up to a moment into the folder, and removes files whose objects the storage no longer has.
    /// </summary>
    /// <param name="until">Objects that became visible later are left out; null copies all.</param>
    /// <param name="found">Called with the number of objects before the first one is copied.</param>
    /// <param name="copied">Called after each object, from any thread.</param>
    /// <param name="cancellationToken">Stops early. Files already copied stay and are skipped by the next call.</param>
    public async Task<ArchiveResult> ExportAsync(
        DateTimeOffset? until, Action<long> found, Action copied, CancellationToken cancellationToken)
    {
        var blobs = new List<BlobInfo>();
        await foreach (var blob in storage.ListAsync("", cancellationToken))
        {
            if (until is null || blob.WrittenAt <= until)
                blobs.Add(blob);
        }

        found(blobs.Count);
        Directory.CreateDirectory(Objects);
        var (count, bytes, kept, gone) = (0L, 0L, 0L, new HashSet<string>(StringComparer.Ordinal));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(blobs, parallel, async (blob, token) =>
        {
            if (new FileInfo(FileOf(blob.Key)) is { Exists: true } file && file.Length == blob.Size)
            {
                Interlocked.Increment(ref kept);
            }
            else if (await ReadAsync(blob.Key, token))
            {
                Interlocked.Increment(ref count);
                Interlocked.Add(ref bytes, blob.Size);
            }
            else
            {
                // Purged during the export.
                lock (gone)
                    gone.Add(blob.Key);
            }

            copied();
        });
        blobs.RemoveAll(b => gone.Contains(b.Key));
        await WriteListAsync(blobs, cancellationToken);
        return new ArchiveResult(count, kept, RemoveOthers(blobs), bytes);
    }

    /// <summary>Copies every listed object that the storage lacks.</summary>
    /// <param name="found">Called with the number of objects before the first one is copied.</param>
    /// <param name="copied">Called after each object, from any thread.</param>
    /// <param name="cancellationToken">Stops early.</param>
    /// <exception cref="IOException">The folder holds no complete copy, or a file differs from the list; nothing is copied
    /// then.</exception>
    public async Task<ArchiveResult> ImportAsync(Action<long> found, Action copied, CancellationToken cancellationToken)
    {
        var listed = await ReadListAsync(cancellationToken);
        foreach (var (key, size) in listed)
        {
            if (new FileInfo(FileOf(key)) is not { Exists: true } file || file.Length != size)
                throw new IOException($"{FileOf(key)} is missing or does not have {size} bytes, as {List} says. Nothing was copied.");
        }

        found(listed.Count);
        var (count, bytes, kept) = (0L, 0L, 0L);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(listed, parallel, async (item, token) =>
        {
            if (await storage.FindAsync(item.Key, token) is { } there && there.Size == item.Size)
            {
                Interlocked.Increment(ref kept);
            }
            else
            {
                await using var file = File.OpenRead(FileOf(item.Key));
                await using var upload = await storage.BeginUploadAsync(item.Key, token);
                await file.CopyToAsync(upload.Content, token);
                await upload.CommitAsync(item.Key, token);
                Interlocked.Increment(ref count);
                Interlocked.Add(ref bytes, item.Size);
            }

            copied();
        });
        return new ArchiveResult(count, kept, 0, bytes);
    }

    /// <summary>The path of an object's file. The rule for keys guarantees that it stays inside the folder.</summary>
    private string FileOf(string key) => Path.Combine(Objects, BlobKey.Require(key));

    /// <returns>False if the object is gone.</returns>
    private async Task<bool> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var from = await storage.OpenReadAsync(key, cancellationToken);
        if (from is null)
            return false;
        var file = FileOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await WriteWholeAsync(file, to => from.CopyToAsync(to, cancellationToken));
        return true;
    }

    private Task WriteListAsync(IEnumerable<BlobInfo> blobs, CancellationToken cancellationToken) => WriteWholeAsync(List, async to =>
    {
        await using var writer = new StreamWriter(to, leaveOpen: true);
        foreach (var blob in blobs.OrderBy(b => b.Key, StringComparer.Ordinal))
            await writer.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{blob.Size}\t{blob.Key}").AsMemory(), cancellationToken);
    });

    private async Task<IReadOnlyList<(string Key, long Size)>> ReadListAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(List))
            throw new IOException($"{folder} holds no complete copy of a storage: there is no {List}.");
        var listed = new List<(string, long)>();
        await foreach (var line in File.ReadLinesAsync(List, cancellationToken))
        {
            if (line.Split('\t') is not [var size, var key] || !BlobKey.IsValid(key)
                || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            {
                throw new IOException($"{List} is damaged: '{line}'.");
            }

            listed.Add((key, bytes));
        }

        return listed;
    }

    /// <summary>Removes files of purged objects: they must not live on in a backup.</summary>
    private long RemoveOthers(IEnumerable<BlobInfo> blobs)
    {
        var known = blobs.Select(b => FileOf(b.Key)).ToHashSet(StringComparer.Ordinal);
        var others = Directory.EnumerateFiles(Objects, "*", SearchOption.AllDirectories).Where(f => !known.Contains(f)).ToList();
        others.ForEach(File.Delete);
        return others.Count;
    }

    /// <summary>Writes to a part file and renames it, so that the file is either complete or absent, whenever the process stops.</summary>
    private static async Task WriteWholeAsync(string file, Func<Stream, Task> write)
    {
        var part = file + ".part";
        await using (var to = File.Create(part))
        {
            await write(to);
            to.Flush(flushToDisk: true);
        }

        File.Move(part, file, overwrite: true);
    }
}
