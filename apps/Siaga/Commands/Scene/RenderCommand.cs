using System.CommandLine;
using System.Globalization;
using Siaga.Scenes;
using Siaga.Scenes.OpenCv;
using Siaga.Video;
using Siaga.Video.OpenCv;

namespace Siaga.App.Siaga.Commands.Scene;

/// <summary><c>siaga scene render</c>: a clip with boxes, reasons and a strip of scores, for people who prefer to look.</summary>
internal static class RenderCommand
{
    private static readonly Option<FileSystemInfo> s_output = new("--output")
    {
        Description = "A video file (.mp4 or .avi) for one clip, or a folder for pictures (.jpg) of each clip's highest score.",
        Required = true,
    };

    private static readonly Option<double> s_falseAlarms = new("--false-alarms")
    {
        Description = "Share of normal frames that may exceed the threshold, 0.00001 to 0.5.",
        DefaultValueFactory = _ => 0.01,
    };

    public static Command Create()
    {
        var command = new Command("render", "Writes a video, or pictures, that show the scores of clips.")
        {
            SceneLearning.Clips, SceneLearning.Learn, SceneLearning.State, s_output, s_falseAlarms,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var clips = parsed.GetValue(SceneLearning.Clips)!.Select(c => c.ToString()).ToList();
            var output = parsed.GetValue(s_output)!.ToString();
            var isVideo = Path.GetExtension(output).ToLowerInvariant() is ".mp4" or ".avi";
            if (clips.Find(c => !File.Exists(c)) is { } missing)
                return await Refusal.SayAsync("scene render", $"There is no clip {missing}.");
            if (parsed.GetValue(s_falseAlarms) is not (>= 0.00001 and <= 0.5))
                return await Refusal.SayAsync("scene render", "--false-alarms must be from 0.00001 to 0.5.");
            if (isVideo && clips.Count > 1)
                return await Refusal.SayAsync("scene render", "A video shows one clip; for several clips, name a folder for pictures.");
            if (!isVideo && (File.Exists(output) || Path.HasExtension(output)))
                return await Refusal.SayAsync("scene render", "--output must be a .mp4 or .avi file, or a folder.");
            if (isVideo && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(output))))
                return await Refusal.SayAsync("scene render", $"There is no folder for {output}.");
            if (!isVideo)
                Directory.CreateDirectory(output);
            var state = await SceneLearning.StateAsync(parsed, cancellationToken);
            if (!state.IsOk)
                return await Refusal.SayAsync("scene render", state.Error.Message);
            var threshold = state.Value.ThresholdAt(parsed.GetValue(s_falseAlarms));
            string? refusal = null;
            await ProgressBar.RunAsync("Rendering", clips.Count, advance => Task.Run(
                () =>
                {
                    foreach (var clip in clips)
                    {
                        refusal ??= Render(clip, state.Value, threshold, isVideo ? output : PictureFile(output, clip), cancellationToken);
                        advance();
                    }
                },
                cancellationToken));
            return refusal is null ? ExitCodes.Done : await Refusal.SayAsync("scene render", refusal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await Refusal.SayAsync("scene render", e.Message);
        }
    }

    private static string PictureFile(string folder, string clip) => Path.Combine(folder, Path.GetFileNameWithoutExtension(clip) + ".jpg");

    /// <returns>Why it failed, or null.</returns>
    private static string? Render(string clip, SceneState state, double threshold, string output, CancellationToken cancellationToken)
    {
        // First the scores, then the pictures: the strip's width is the clip's length, which no header states reliably.
        var frames = new List<SceneFrame>();
        var score = new SceneDetector(new OpenCvDecoder(), () => new OpenCvPointTracker())
            .Score(clip, state, frames.Add, cancellationToken);
        if (!score.IsOk)
            return $"{clip}: {score.Error.Message}";
        var scores = frames.ConvertAll(f => f.Score);
        using var reader = new OpenCvDecoder().Open(clip);
        ScenePainter? painter = null;
        SceneVideo? video = null;
        try
        {
            byte[] pixels = [];
            for (var i = 0; i < frames.Count && reader.Grab(); i++)
            {
                var isPicture = Path.GetExtension(output) == ".jpg";
                if (isPicture && i != score.Value.Peak.Index)
                    continue;
                if (painter is null)
                {
                    var size = reader.FrameSize;
                    painter = new ScenePainter(size.Width, size.Height, threshold);
                    pixels = new byte[size.Width * size.Height * 3];
                    video = isPicture ? null : new SceneVideo(output, reader.NominalFramesPerSecond, painter.Size);
                }

                var height = pixels.Length / 3 / painter.Size.Width;
                reader.Retrieve(new FrameFormat(painter.Size.Width, height, ResizeMethod.Area, ColourOrder.Bgr), pixels);
                painter.Draw(pixels, frames[i], isPicture ? scores : scores[..(i + 1)], frames.Count);
                video?.Add(painter);
                if (isPicture)
                    File.WriteAllBytes(output, painter.Encode(".jpg"));
            }
        }
        finally
        {
            video?.Dispose();
            painter?.Dispose();
        }

        var at = score.Value.Peak;
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{output}: highest score {at.Score:0.0} at {at.Seconds:0.0} s. {at.Reason.ToSentence()}"));
        return null;
    }
}
