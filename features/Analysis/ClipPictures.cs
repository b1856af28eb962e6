using System.Globalization;
using System.Net;
using Siaga.Analysis.Scenes;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Video;

namespace Siaga.Analysis;

/// <summary>Makes the picture of an anomaly, the frame at its strongest moment, stores it beside the clip and tells the Backend. Safe to repeat.</summary>
internal sealed class ClipPictures(IVideoDecoder decoder, IPictureMaker maker, IBlobStorage storage, BackendCalls backend, AnalysisSlots slots, ModelInUse inUse)
{
    // Pixels: small pictures are drawn larger, so that the caption can be read.
    private const int LeastWidth = 480;
    private const int MostWidth = 1280;

    // Columns of a model's strip, which has a score a window and not a frame.
    private const int StripColumns = 240;

    /// <summary>What is shown.</summary>
    private sealed record Moment(double AtS, IReadOnlyList<int>? Box, string Caption, IReadOnlyList<double> Scores, double Threshold, double Seconds);

    public async Task MakeAsync(long anomalyId, ClipStored task, string path, ClipFindings findings, CancellationToken cancellationToken)
    {
        var key = Beside(task.VideoPath);
        var bytes = await FindAsync(key, cancellationToken);
        if (bytes is null)
        {
            if (await slots.RunAsync(() => Draw(path, MomentOf(findings), cancellationToken), cancellationToken) is not { } drawn)
                return;
            await storage.PutOnceAsync(key, drawn, cancellationToken);

            // What is there now counts: another worker's may have been first.
            bytes = await FindAsync(key, cancellationToken) ?? drawn;
        }

        using var response = await backend.SendAsync(
            HttpMethod.Put, $"internal/anomalies/{anomalyId}/picture", new { StorageKey = key, Size = bytes.LongLength, Sha256 = SceneStore.Hash(bytes) }, cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
            response.EnsureSuccessStatusCode();
    }

    internal static string Beside(string clipKey) => Path.ChangeExtension(clipKey, ".jpg");

    private Moment MomentOf(ClipFindings findings)
    {
        if (findings.Watched is { } watched && findings.IsScenes)
        {
            var report = watched.Report;
            return new Moment(report.AtS, report.Box, report.Explanation ?? "", watched.Scores, report.Threshold, watched.Seconds);
        }

        var model = findings.Model!;
        var strongest = model.Windows.MaxBy(w => w.Labels.GetValueOrDefault(model.Label));
        var (from, to) = strongest is null ? (0, model.Seconds) : (strongest.FromS, strongest.ToS);

        // A long window does not say when in it; the scene's most unusual moment does better than its middle.
        var at = findings.Watched?.Report is { Score: > 0 } scene && scene.AtS >= from && scene.AtS < to ? scene.AtS : (from + to) / 2;
        return new Moment(
            at, null, string.Create(CultureInfo.InvariantCulture, $"{model.Label} {model.Confidence:0.00}, by {inUse.Model?.Name}"),
            StripOf(model, inUse.Model?.Manifest), inUse.Model?.Manifest.Threshold ?? 0, model.Seconds);
    }

    private static double[] StripOf(AnalysisResult model, ModelManifest? manifest)
    {
        var strip = new double[StripColumns];
        foreach (var window in model.Windows)
        {
            var score = window.Labels.Where(l => manifest?.IsAnomaly(l.Key) ?? true).Sum(l => l.Value);
            for (var i = 0; i < strip.Length; i++)
            {
                var at = model.Seconds * (i + 0.5) / strip.Length;
                if (at >= window.FromS && at <= window.ToS)
                    strip[i] = Math.Max(strip[i], score);
            }
        }

        return strip;
    }

    /// <returns>Null: the clip has no such frame.</returns>
    private byte[]? Draw(string path, Moment moment, CancellationToken cancellationToken)
    {
        using var reader = decoder.Open(path);
        var near = moment.AtS - (1.5 / Math.Max(reader.NominalFramesPerSecond, 1));
        FramePicture? picture = null;
        while (reader.Grab())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = reader.Position.Seconds;
            if (at < near)
                continue;
            picture = Retrieve(reader, moment);
            if (at >= moment.AtS - 1e-6)
                break;
        }

        return picture is null ? null : maker.ToJpeg(picture);
    }

    private static FramePicture Retrieve(IVideoReader reader, Moment moment)
    {
        var source = reader.FrameSize;
        var scale = (double)Math.Clamp(source.Width, LeastWidth, MostWidth) / source.Width;
        var format = new FrameFormat(
            (int)Math.Round(source.Width * scale), Math.Max((int)Math.Round(source.Height * scale), 1), scale > 1 ? ResizeMethod.Cubic : ResizeMethod.Area, ColourOrder.Bgr);
        var pixels = new byte[format.Length];
        reader.Retrieve(format, pixels);
        int Scaled(int value) => (int)Math.Round(value * scale);
        return new FramePicture(format.Width, format.Height, pixels, moment.Caption)
        {
            Box = moment.Box is [var x, var y, var width, var height] ? (Scaled(x), Scaled(y), Scaled(width), Scaled(height)) : null,
            Scores = moment.Scores,
            Threshold = moment.Threshold,
            At = moment.Seconds <= 0 ? -1 : Math.Clamp((int)(moment.AtS / moment.Seconds * moment.Scores.Count), -1, moment.Scores.Count - 1),
        };
    }

    private async Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var stored = await storage.OpenReadAsync(key, cancellationToken);
        if (stored is null)
            return null;
        using var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
