using System.Globalization;

namespace Siaga.BlobStorage;

/// <param name="Copied">Objects that were copied now.</param>
/// <param name="Kept">Objects that were there already.</param>
/// <param name="Removed">Files of objects that no longer exist, removed from the folder.</param>
/// <param name="Bytes">Of what was copied.</param>
public sealed record ArchiveResult(long Copied, long Kept, long Removed, long Bytes);

/// <summary>
/// A copy of a storage in a folder: the objects as files below <c>objects/</c>, and <c>list.tsv</c>, which says what belongs to it (size in bytes, key).
/// The list is written last, so a folder that was only begun has none, or that of the time before. Both directions may be repeated, and
/// then copy only what is missing: an object never changes.
/// </summary>
/// <param name="storage">What is copied from, or to.</param>
/// <param name="folder">The copy; made when missing.</param>
public sealed class StorageArchive(IBlobStorage storage, string folder)
{
    /// <summary>Objects that are copied side by side: storage is asked over a network, and one after the other would mostly wait.</summary>
    private const int AtOnce = 8;

    private string Objects => Path.Combine(folder, "objects");

    private string List => Path.Combine(folder, "list.tsv");

    /// <summary>Copies every object that was written until a moment into the folder, and removes from it what the storage no longer has.</summary>
    /// <param name="until">Objects that became visible later are left out; null: none are.</param>
    /// <param name="found">Told how many there are, before the first is copied.</param>
    /// <param name="copied">Called after each object, from any thread.</param>
    /// <param name="cancellationToken">Ends it early; what is copied stays, and counts at the next call.</param>
    public async Task<ArchiveResult> ExportAsync(DateTimeOffset? until, Action<long> found, Action copied, CancellationToken cancellationToken)
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
        await Parallel.ForEachAsync(blobs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (blob, token) =>
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
                // Purged while the others were copied.
                lock (gone)
                    gone.Add(blob.Key);
            }

            copied();
        });
        blobs.RemoveAll(b => gone.Contains(b.Key));
        await WriteListAsync(blobs, cancellationToken);
        return new ArchiveResult(count, kept, RemoveOthers(blobs), bytes);
    }

    /// <summary>Copies every object of the list that the storage lacks.</summary>
    /// <param name="found">Told how many there are, before the first is copied.</param>
    /// <param name="copied">Called after each object, from any thread.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="IOException">The folder holds no whole copy, or a file is not as the list says; nothing is copied then.</exception>
    public async Task<ArchiveResult> ImportAsync(Action<long> found, Action copied, CancellationToken cancellationToken)
    {
        var listed = await ReadListAsync(cancellationToken);
        foreach (var (key, size) in listed)
        {
            if (new FileInfo(FileOf(key)) is not { Exists: true } file || file.Length != size)
                throw new IOException($"{FileOf(key)} is not there with {size} bytes, as {List} says. Nothing was copied.");
        }

        found(listed.Count);
        var (count, bytes, kept) = (0L, 0L, 0L);
        await Parallel.ForEachAsync(listed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (item, token) =>
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

    /// <summary>Where an object lies. A key leads nowhere else: that is the rule of keys.</summary>
    private string FileOf(string key) => Path.Combine(Objects, BlobKey.Require(key));

    /// <returns>False: the object is gone.</returns>
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
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{blob.Size}\t{blob.Key}").AsMemory(), cancellationToken);
    });

    private async Task<IReadOnlyList<(string Key, long Size)>> ReadListAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(List))
            throw new IOException($"{folder} holds no whole copy of a storage: there is no {List}.");
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

    /// <summary>What was purged must not live on in a backup.</summary>
    private long RemoveOthers(IEnumerable<BlobInfo> blobs)
    {
        var known = blobs.Select(b => FileOf(b.Key)).ToHashSet(StringComparer.Ordinal);
        var others = Directory.EnumerateFiles(Objects, "*", SearchOption.AllDirectories).Where(f => !known.Contains(f)).ToList();
        others.ForEach(File.Delete);
        return others.Count;
    }

    /// <summary>A file is there whole or not at all, whenever this is ended.</summary>
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
