using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Siaga.BlobStorage;

/// <param name="Kind"><c>missing_object</c>, <c>wrong_size</c>, <c>wrong_content</c>: a row whose object is not as the row says;
/// <c>orphan_object</c>: an object that no row refers to.</param>
/// <param name="Key">The object's key.</param>
/// <param name="Owner">The database that holds the row; null for an orphan.</param>
/// <param name="Message">For a person.</param>
public sealed record StorageDifference(string Kind, string Key, string? Owner, string Message);

/// <summary>
/// Compares rows with objects and objects with rows, in constant memory. Safe while services run: objects younger than five minutes are
/// skipped, because an upload's object is visible a moment before its row.
/// </summary>
public sealed class StorageCheck(IBlobStorage storage, IReadOnlyList<IObjectOwner> owners, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>Objects that are looked up at the same time, while rows are being read.</summary>
    private const int AtOnce = 16;

    // An upload's object is visible a moment before its row.
    private static readonly TimeSpan s_settling = TimeSpan.FromMinutes(5);

    /// <summary>Counts the rows to be checked.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        long count = 0;
        foreach (var owner in owners)
            count += await owner.CountAsync(cancellationToken);
        return count;
    }

    /// <param name="content">Also reads every object and compares its SHA-256.</param>
    /// <param name="looked">Called after each row and each object.</param>
    /// <param name="cancellationToken">Stops early.</param>
    public async IAsyncEnumerable<StorageDifference> RunAsync(
        bool content, Action looked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var owner in owners)
        {
            // Look up several rows at once: one after the other would mostly wait for the network.
            var asked = new Queue<Task<StorageDifference?>>();
            await foreach (var row in owner.ListAsync(cancellationToken))
            {
                asked.Enqueue(LookAsync(row, content, cancellationToken));
                if (asked.Count == AtOnce && await Next(asked) is { } difference)
                    yield return difference;
            }

            while (asked.Count > 0)
            {
                if (await Next(asked) is { } difference)
                    yield return difference;
            }
        }

        async Task<StorageDifference?> Next(Queue<Task<StorageDifference?>> asked)
        {
            var difference = await asked.Dequeue();
            looked();
            return difference;
        }

        var keys = new List<BlobInfo>(Batch);
        await foreach (var blob in storage.ListAsync("", cancellationToken))
        {
            looked();
            if (time.GetUtcNow() - blob.WrittenAt < s_settling)
                continue;
            keys.Add(blob);
            if (keys.Count < Batch)
                continue;
            foreach (var orphan in await OrphansAsync(keys, cancellationToken))
                yield return orphan;
            keys.Clear();
        }

        foreach (var orphan in await OrphansAsync(keys, cancellationToken))
            yield return orphan;
    }

    private async Task<StorageDifference?> LookAsync(OwnedObject row, bool content, CancellationToken cancellationToken)
    {
        var found = await storage.FindAsync(row.Key, cancellationToken);
        if (found is null)
            return new StorageDifference("missing_object", row.Key, row.Owner, "A row refers to an object that does not exist.");
        if (found.Size != row.Size)
            return new StorageDifference("wrong_size", row.Key, row.Owner, $"The object has {found.Size} bytes; its row says {row.Size}.");
        if (!content)
            return null;
        await using var stream = await storage.OpenReadAsync(row.Key, cancellationToken);
        var sha256 = stream is null ? "" : Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        return sha256 == row.Sha256
            ? null
            : new StorageDifference("wrong_content", row.Key, row.Owner, $"The object's SHA-256 is {sha256}; its row says {row.Sha256}.");
    }

    private async Task<IReadOnlyList<StorageDifference>> OrphansAsync(List<BlobInfo> blobs, CancellationToken cancellationToken)
    {
        var unknown = blobs.Select(b => b.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var owner in owners)
        {
            if (unknown.Count > 0)
                unknown.ExceptWith(await owner.KnownAsync(unknown, cancellationToken));
        }

        return [.. unknown.Order(StringComparer.Ordinal).Select(k => new StorageDifference(
            "orphan_object", k, null, "No row refers to this object."))];
    }
}
