using Microsoft.Extensions.Options;
using Siaga.Analysis.Scenes;
using Siaga.Messages;
using Siaga.Primitives;

namespace Siaga.Analysis.Detection;

/// <summary>Runs all detectors over a stored clip in one decoding pass, which also makes the pictures.</summary>
internal sealed class ClipDetectors(
    DetectionPass pass, IEnumerable<IClipDetector> detectors, ModelInUse model, SceneCache scenes, ClipPainter painter,
    IOptions<WorkerOptions> options)
{
    private readonly IReadOnlyList<IClipDetector> _detectors = [.. detectors];

    /// <summary>Loads what is known of a camera.</summary>
    /// <returns>Null when the scene detector is off, or when the camera is gone; then the Backend refuses the report.</returns>
    public Task<KnownScene?> KnowAsync(long cameraId, CancellationToken cancellationToken) =>
        options.Value.Scene ? scenes.FindAsync(cameraId, cancellationToken) : Task.FromResult<KnownScene?>(null);

    /// <summary>Takes over what the Backend told with its answer to a report.</summary>
    public void Learn(long cameraId, Recorded recorded)
    {
        if (recorded.Scene is { } scene)
            scenes.Learn(cameraId, scene);
    }

    /// <param name="path">The clip's file on this machine.</param>
    /// <param name="known">What is known of its camera.</param>
    /// <param name="wantsCameraPicture">True when the camera needs a new picture.</param>
    /// <param name="cancellationToken">Checked between frames.</param>
    public Result<ClipFindings> Analyse(
        string path, ClipStored task, KnownScene? known, bool wantsCameraPicture, CancellationToken cancellationToken)
    {
        if (known is null && model.Model is null)
            return new Error(ErrorKind.NotFound, "camera_not_found", "There is no such camera, and no model is configured.");
        byte[]? cameraPicture = null;
        return pass.Run(
            path, _detectors,
            video => new ClipInfo(task.ClipId, task.CapturedAt, video.NominalFramesPerSecond, video.HeaderFrames) { Scene = known },
            wantsCameraPicture ? frame => cameraPicture = painter.TryPaintCamera(frame) : null,
            outcome =>
            {
                var findings = new ClipFindings(outcome);
                return findings with { Picture = findings.Anomaly ? painter.Paint(findings) : null, CameraPicture = cameraPicture };
            },
            cancellationToken);
    }
}
