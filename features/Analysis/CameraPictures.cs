using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Siaga.Analysis.Scenes;
using Siaga.Backend;
using Siaga.BlobStorage;
using Siaga.Messages;

namespace Siaga.Analysis;

/// <summary>
/// Stores a camera's newest picture, the first frame of a clip, whatever was found in it. Safe to repeat: one that is older than the Backend's changes
/// nothing.
/// </summary>
internal sealed class CameraPictures(IBlobStorage storage, WorkerApi backend)
{
    // More cameras than one worker looks after: then it begins anew, which costs a few pictures.
    private const int MostKnown = 10_000;

    // Of a camera of very short clips only some need a picture.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _made = new();

    /// <summary>Whether a picture of the clip's camera is wanted.</summary>
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

        // The same frame of the same clip gives the same file, whoever makes it.
        await storage.PutOnceAsync(key, picture, cancellationToken);
        var note = new StoredCameraPicture(task.ClipId, task.CapturedAt, key, picture.LongLength, SceneStore.Hash(picture));
        var status = await backend.StoreCameraPictureAsync(camera, note, cancellationToken);
        if ((int)status is >= 200 and <= 299)
            return;

        // No row will ever name it.
        await storage.DeleteAsync(key, cancellationToken);
        BackendClient.Require(status, HttpStatusCode.NotFound);
    }
}
