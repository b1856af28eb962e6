using System.Diagnostics;
using Microsoft.Extensions.Options;
using Siaga.Analysis.Scenes;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Scenes;

namespace Siaga.Analysis;

/// <param name="Camera">What the Backend says of the camera's scene.</param>
/// <param name="State">Its newest version; null: there is none that can be read.</param>
internal sealed record KnownScene(CameraScene Camera, SceneState? State);

/// <summary>The detectors that look at a clip: the model, where one is configured, and the camera's scene, unless it is switched off.</summary>
internal sealed class ClipDetectors(
    ClipAnalyser analyser, ModelInUse model, SceneWatcher watcher, SceneDesk desk, SceneStore store, IOptions<WorkerOptions> options)
{
    /// <summary>What is known of a camera now.</summary>
    /// <returns>Null: the scene detector is switched off, or the camera is gone, which the report will be told.</returns>
    public async Task<KnownScene?> KnowAsync(long cameraId, CancellationToken cancellationToken)
    {
        if (!options.Value.Scene || await desk.FindAsync(cameraId, cancellationToken) is not { } camera)
            return null;
        return new KnownScene(camera, camera.StorageKey is { } key ? await store.FindAsync(key, cancellationToken) : null);
    }

    public Result<ClipFindings> Analyse(string path, ClipStored task, KnownScene? known, CancellationToken cancellationToken)
    {
        AnalysisResult? answered = null;
        if (model.Model is { } asked)
        {
            var answer = analyser.Analyse(path, asked, cancellationToken);
            if (!answer.IsOk)
                return answer.Error;
            answered = answer.Value;
        }

        if (known is null)
        {
            return answered is null
                ? new Error(ErrorKind.NotFound, "camera_not_found", "There is no such camera, and no model to ask instead.")
                : new ClipFindings(answered, null);
        }

        var start = Stopwatch.GetTimestamp();
        var watched = watcher.Watch(path, task.ClipId, task.CapturedAt, known.Camera, known.State, cancellationToken);
        if (watched.IsOk)
            return new ClipFindings(answered, watched.Value) { WatchMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds };

        // What a model could judge is judged, whatever the scene detector makes of it.
        return answered is null ? watched.Error : new ClipFindings(answered, null);
    }
}
