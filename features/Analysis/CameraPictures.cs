using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Siaga.Analysis.Scenes;
using Siaga.Backend;
using Siaga.BlobStorage;
using Siaga.Messages;

namespace Siaga.Analysis;

/// <summary>
/// Stores the first frame of a clip as the camera's newest picture, whatever the result. Safe to repeat: the Backend ignores a picture
/// that is older than the one it has.
/// </summary>
internal sealed class CameraPictures(IBlobStorage storage)
{
    // More cameras than one worker serves. When it is reached the memory is cleared, which costs a few extra pictures.
    private const int MostKnown = 10_000;

    // A camera with very short clips needs a picture from some of them only.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _made = new();

    /// <summary>Whether the clip's camera needs a new picture.</summary>
    public bool IsDue(ClipStored task) =>
        !_made.TryGetValue(AnalyseStoredClip.CameraOf(task), out var before) || task.CapturedAt - before >= s_pause;

    /// <summary>Stores the picture; the caller reports it, and then calls <see cref="CompleteAsync"/>.</summary>
    public async Task<StoredCameraPicture> StoreAsync(ClipStored task, byte[] picture, CancellationToken cancellationToken)
    {
        var key = string.Create(
            CultureInfo.InvariantCulture, $"{task.CompanyId}/{AnalyseStoredClip.CameraOf(task)}/picture/{task.ClipId}.jpg");

        // The same frame of the same clip always gives the same file, so any worker may write it.
        await storage.PutOnceAsync(key, picture, cancellationToken);
        return new StoredCameraPicture(task.ClipId, task.CapturedAt, key, picture.LongLength, SceneStore.Hash(picture));
    }

    /// <param name="stored">As it was reported.</param>
    /// <param name="status">The Backend's answer.</param>
    /// <exception cref="HttpRequestException">The Backend did not take it, although the camera exists.</exception>
    public async Task CompleteAsync(ClipStored task, StoredCameraPicture stored, HttpStatusCode status, CancellationToken cancellationToken)
    {
        if ((int)status is not (>= 200 and <= 299))
        {
            // No row will ever refer to this object.
            await storage.DeleteAsync(stored.StorageKey, cancellationToken);
            BackendClient.Require(status, HttpStatusCode.NotFound);
        }

        if (_made.Count >= MostKnown)
            _made.Clear();
        _made[AnalyseStoredClip.CameraOf(task)] = task.CapturedAt;
    }
}
