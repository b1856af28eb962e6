using System.CommandLine;
using Siaga.Primitives;
using Siaga.Scenes;
using Siaga.Scenes.OpenCv;
using Siaga.Video.OpenCv;

namespace Siaga.App.Siaga.Commands.Scene;

/// <summary>Where a camera's state comes from: footage to learn, a file of what was learned before, or both.</summary>
internal static class SceneLearning
{
    private static readonly string[] s_videos = [".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v", ".ts", ".mpg", ".mpeg", ".flv", ".wmv"];

    public static readonly Argument<FileInfo[]> Clips = new("clip") { Description = "Video files to score.", Arity = ArgumentArity.OneOrMore };

    public static readonly Option<string[]> Learn = new("--learn")
    {
        Description = "Normal footage of the same camera: clips, or folders of clips, in the order of time.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static readonly Option<FileInfo?> State = new("--state")
    {
        Description = "What is known of the camera: read if it is there, and written after learning.",
    };

    /// <returns>The state, or why there is none.</returns>
    public static async Task<Result<SceneState>> StateAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var known = ReadState(parsed.GetValue(State));
        if (known is { IsOk: false })
            return known.Value.Error!;
        var clips = Footage(parsed.GetValue(Learn) ?? []);
        if (!clips.IsOk)
            return clips.Error;
        if (clips.Value.Count == 0)
            return known ?? new Error(ErrorKind.Invalid, "nothing_learned", "There is nothing to compare with: give --learn CLIP-OR-FOLDER, or the --state of a camera.");
        Result<SceneState> learned = default;
        await ProgressBar.RunAsync("Learning", clips.Value.Count, advance => Task.Run(
            () => learned = new SceneLearner(new OpenCvDecoder(), () => new OpenCvPointTracker()).Learn(clips.Value, known?.Value, advance, cancellationToken),
            cancellationToken));
        if (learned.IsOk && parsed.GetValue(State) is { } file)
        {
            // Beside first, then renamed: a killed run leaves the old state.
            var part = file.FullName + ".part";
            await File.WriteAllBytesAsync(part, learned.Value.ToBytes(), cancellationToken);
            File.Move(part, file.FullName, overwrite: true);
        }

        return learned;
    }

    private static Result<SceneState>? ReadState(FileInfo? file)
    {
        if (file is not { Exists: true })
            return null;
        if (file.Length > SceneStateFormat.LargestBytes)
            return new Error(ErrorKind.Invalid, "scene_state_unreadable", $"{file}: This is larger than a scene's state can be.");
        var state = SceneStateFormat.Read(File.ReadAllBytes(file.FullName));
        return state.IsOk ? state : state.Error with { Message = $"{file}: {state.Error.Message}" };
    }

    private static Result<List<string>> Footage(string[] names)
    {
        var clips = new List<string>();
        foreach (var name in names)
        {
            if (File.Exists(name))
            {
                clips.Add(name);
                continue;
            }

            if (!Directory.Exists(name))
                return new Error(ErrorKind.NotFound, "clip_not_found", $"There is no clip or folder {name}.");
            var found = Directory.EnumerateFiles(name).Where(f => s_videos.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
            if (found.Count == 0)
                return new Error(ErrorKind.NotFound, "clip_not_found", $"There is no clip in the folder {name}.");
            clips.AddRange(found);
        }

        return clips;
    }
}
