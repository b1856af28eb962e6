using System.Collections.Concurrent;
using System.Security.Cryptography;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Scenes;

namespace Siaga.Analysis.Scenes;

/// <summary>Reads and writes scene versions and updates in object storage. Versions never change, so recent ones are cached.</summary>
internal sealed class SceneStore(IBlobStorage storage)
{
    // About two megabytes each.
    private const int MostKept = 32;

    private readonly ConcurrentDictionary<string, SceneState> _kept = new(StringComparer.Ordinal);

    /// <returns>Null when the object is missing or cannot be read.</returns>
    public async Task<SceneState?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(key, out var kept))
            return kept;
        if (await ReadAsync(key, cancellationToken) is not { } bytes || SceneStateFormat.Read(bytes) is not { IsOk: true } read)
            return null;
        Keep(key, read.Value);
        return read.Value;
    }

    /// <returns>Null when the object is missing or cannot be read.</returns>
    public async Task<SceneDelta?> FindLessonAsync(WaitingSceneUpdate lesson, CancellationToken cancellationToken) =>
        await ReadAsync(lesson.StorageKey, cancellationToken) is { } bytes && SceneDelta.Read(lesson.Name, bytes) is { IsOk: true } read
            ? read.Value
            : null;

    /// <summary>Stores a version; storing the same version twice leaves one object.</summary>
    public async Task<(long Size, string Sha256)> PutVersionAsync(
        string folder, int number, SceneState state, CancellationToken cancellationToken)
    {
        var bytes = state.ToBytes();
        var sha256 = Hash(bytes);
        var key = folder + SceneFiles.Version(number, sha256);
        await storage.PutOnceAsync(key, bytes, cancellationToken);
        Keep(key, state);
        return (bytes.Length, sha256);
    }

    /// <summary>Stores what a clip taught.</summary>
    /// <returns>The note that reports it.</returns>
    public async Task<SceneUpdateNote> PutUpdateAsync(
        TaughtClip clip, SceneInfo scene, SceneDelta lesson, bool urgent, CancellationToken cancellationToken)
    {
        var state = lesson.ToState();
        var bytes = lesson.HasMoved ? [] : state.ToBytes();
        if (!lesson.HasMoved)
            await storage.PutOnceAsync(scene.Folder + SceneFiles.Update(clip.Name, scene.Version), bytes, cancellationToken);
        var progress = state.Progress;
        return new SceneUpdateNote
        {
            Name = clip.Name,
            Base = scene.Version,
            Size = bytes.Length,
            Sha256 = Hash(bytes),
            FootageMs = (long)progress.Footage.TotalMilliseconds,
            ActiveFrames = progress.ActiveFrames,
            CapturedAt = clip.CapturedAt,
            HasMoved = lesson.HasMoved,
            Urgent = urgent,
        };
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private void Keep(string key, SceneState state)
    {
        if (_kept.Count >= MostKept)
            _kept.Clear();
        _kept[key] = state;
    }

    private async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var stored = await storage.OpenReadAsync(key, cancellationToken);
        if (stored is null)
            return null;
        using var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}

internal static class PuttingOnce
{
    /// <summary>Stores an object unless its key exists. Two simultaneous writes are harmless: one of them stays.</summary>
    public static async Task PutOnceAsync(this IBlobStorage storage, string key, byte[] bytes, CancellationToken cancellationToken)
    {
        if (await storage.FindAsync(key, cancellationToken) is not null)
            return;
        await using var upload = await storage.BeginUploadAsync(key, cancellationToken);
        await upload.Content.WriteAsync(bytes, cancellationToken);
        try
        {
            await upload.CommitAsync(key, cancellationToken);
        }
        catch (IOException e) when (e is not StorageFullException)
        {
            if (await storage.FindAsync(key, cancellationToken) is null)
                throw;
        }
    }
}
