using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Siaga.Analysis.Scenes;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Video;

namespace Siaga.Analysis;

/// <summary>
/// Makes a camera's last picture, the first frame of a clip, whatever was found in it. Safe to repeat: an older one than the Backend has changes
/// nothing.
/// </summary>
internal sealed class CameraPictures(
    IVideoDecoder decoder, IPictureMaker maker, IBlobStorage storage, BackendCalls backend, AnalysisSlots slots)
{
    // Pixels: enough for a tile of a wall of cameras; some 40 kB.
    private const int MostWidth = 640;

    // More cameras than one worker looks after: then it begins anew, which costs a few pictures.
    private const int MostKnown = 10_000;

    // Of a camera of very short clips only some need a picture.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, DateTimeOffset> _made = new();

    public async Task MakeAsync(ClipStored task, string path, CancellationToken cancellationToken)
    {
        var camera = AnalyseStoredClip.CameraOf(task);
        if (_made.TryGetValue(camera, out var before) && task.CapturedAt - before < s_pause)
            return;
        if (await slots.RunAsync(() => Draw(path), cancellationToken) is not { } picture)
            return;
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
        var note = new { task.ClipId, task.CapturedAt, StorageKey = key, Size = picture.LongLength, Sha256 = SceneStore.Hash(picture) };
        using var response = await backend.SendAsync(
            HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"internal/cameras/{camera}/picture"), note, cancellationToken);
        if (response.IsSuccessStatusCode)
            return;

        // Nobody else will ever name it.
        await storage.DeleteAsync(key, cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
            response.EnsureSuccessStatusCode();
    }

    /// <returns>Null: the clip has no frame.</returns>
    private byte[]? Draw(string path)
    {
        using var reader = decoder.Open(path);
        if (!reader.Grab())
            return null;
        var source = reader.FrameSize;
        var scale = (double)Math.Min(source.Width, MostWidth) / source.Width;
        var format = new FrameFormat(
            (int)Math.Round(source.Width * scale), Math.Max((int)Math.Round(source.Height * scale), 1), ResizeMethod.Area, ColourOrder.Bgr);
        var pixels = new byte[format.Length];
        reader.Retrieve(format, pixels);
        return maker.ToPlainJpeg(format.Width, format.Height, pixels);
    }
}
