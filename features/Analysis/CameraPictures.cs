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
internal sealed class CameraPictures(IBlobStorage storage, WorkerApi backend)
{
    // More cameras than one worker serves. When it is reached the memory is cleared, which costs a few extra pictures.
    private const int MostKnown = 10_000;

    // A camera with very short clips needs a picture from some of them only.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _made = new();

    /// <summary>Whether the clip's camera needs a new picture.</summary>
    public bool IsDue(ClipStored task) =>
        !_made.TryGetValue(AnalyseStoredClip.CameraOf(task), out var before) || task.CapturedAt - before >= s_pause;

    public async Task StoreAsync(ClipStored task, byte[] picture, CancellationToken cancellationToken)
    {
        var camera = AnalyseStoredClip.CameraOf(task);
        await TellAsync(task, camera, picture, cancellationToken);
        if (_made.Count >= MostKnown)
            _made.Clear();
        _made[camera] = task.CapturedAt;
    }

    private async Task TellAsync(ClipStored task, long camera, byte[] picture, CancellationToken cancellationToken)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{task.CompanyId}/{camera}/picture/{task.ClipId}.jpg");

        // The same frame of the same clip always gives the same file, so any worker may write it.
        await storage.PutOnceAsync(key, picture, cancellationToken);
        var note = new StoredCameraPicture(task.ClipId, task.CapturedAt, key, picture.LongLength, SceneStore.Hash(picture));
        var status = await backend.StoreCameraPictureAsync(camera, note, cancellationToken);
        if ((int)status is >= 200 and <= 299)
            return;

        // The Backend did not take the picture, so no row will ever refer to this object.
        await storage.DeleteAsync(key, cancellationToken);
        BackendClient.Require(status, HttpStatusCode.NotFound);
    }
}
