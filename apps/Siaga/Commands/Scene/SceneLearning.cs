using System.CommandLine;
using Siaga.Primitives;
using Siaga.Scenes;
using Siaga.Scenes.OpenCv;
using Siaga.Video;
using Siaga.Video.OpenCv;

namespace Siaga.App.Siaga.Commands.Scene;

/// <summary>Where a camera's state comes from: footage to learn, a file with what was learned before, or both.</summary>
internal static class SceneLearning
{
    private static readonly string[] s_videos =
        [".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v", ".ts", ".mpg", ".mpeg", ".flv", ".wmv"];

    public static readonly Argument<FileInfo[]> Clips = new("clip")
    {
        Description = "Video files to score.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static readonly Option<string[]> Learn = new("--learn")
    {
        Description = "Normal footage of the same camera: clips, or folders of clips, in chronological order.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static readonly Option<FileInfo?> State = new("--state")
    {
        Description = "The camera's learned state: read if the file exists, and written after learning.",
    };

    /// <summary>Checks all input before anything takes long, then learns.</summary>
    /// <returns>The state, or why there is none.</returns>
    public static async Task<Result<SceneState>> StateAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(State);
        var known = ReadState(file);
        if (known is { IsOk: false })
            return known.Value.Error!;
        var footage = Footage(parsed.GetValue(Learn) ?? []);
        if (!footage.IsOk)
            return footage.Error;
        if (footage.Value.Count == 0 && known is null)
        {
            return new Error(ErrorKind.Invalid, "nothing_learned", file is null
                ? "There is nothing to compare with: give --learn CLIP-OR-FOLDER, or --state with a camera's learned state."
                : $"There is no state {file}; give --learn to create it.");
        }

        var clips = parsed.GetValue(Clips)!.Select(c => c.ToString());
        if (Misfit([.. footage.Value, .. clips], known?.Value) is { } misfit)
            return misfit;
        if (footage.Value.Count == 0)
            return known!.Value;
        if (file is not null)
            await WriteAsync(file, null, cancellationToken);
        Result<SceneState> learned = default;
        await ProgressBar.RunAsync("Learning", footage.Value.Count, advance => Task.Run(
            () =>
            {
                var learner = new SceneLearner(new OpenCvDecoder(), () => new OpenCvPointTracker());
                learned = learner.Learn(footage.Value, known?.Value, advance, cancellationToken);
            },
            cancellationToken));
        if (learned.IsOk && file is not null)
            await WriteAsync(file, learned.Value.ToBytes(), cancellationToken);
        return learned;
    }

    /// <summary>Writes beside the file first, then renames: a killed run leaves the old state.</summary>
    /// <param name="file">The state's file.</param>
    /// <param name="bytes">Null: only checks that it can be written.</param>
    private static async Task WriteAsync(FileInfo file, byte[]? bytes, CancellationToken cancellationToken)
    {
        if (Directory.Exists(file.FullName))
            throw new IOException($"{file} is a folder.");
        var part = file.FullName + ".part";
        await File.WriteAllBytesAsync(part, bytes ?? [], cancellationToken);
        if (bytes is null)
            File.Delete(part);
        else
            File.Move(part, file.FullName, overwrite: true);
    }

    /// <returns>Why one of the clips cannot be from the same camera, or null.</returns>
    private static Error? Misfit(List<string> clips, SceneState? known)
    {
        var grid = known?.Grid;
        foreach (var clip in clips)
        {
            try
            {
                using var reader = new OpenCvDecoder().Open(clip);
                if (!reader.Grab())
                    return new Error(ErrorKind.Invalid, "clip_without_frames", $"{clip}: The clip has no frame that can be decoded.");
                var size = reader.FrameSize;
                var own = SceneGrid.For(size.Width, size.Height);
                if (grid is { } expected && expected != own)
                {
                    return new Error(
                        ErrorKind.Invalid,
                        "another_shape",
                        $"{clip}: Its pictures are {size.Width}×{size.Height}, which does not fit the learned footage: "
                        + "it is from another camera.");
                }

                grid = own;
            }
            catch (VideoException e)
            {
                return new Error(ErrorKind.Invalid, e.Code, $"{clip}: {e.Message}");
            }
        }

        return null;
    }

    private static Result<SceneState>? ReadState(FileInfo? file)
    {
        if (file is not { Exists: true })
            return null;
        if (file.Length > SceneStateFormat.LargestBytes)
            return new Error(ErrorKind.Invalid, "scene_state_unreadable", $"{file}: The file is too large to be a scene's state.");
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
            var found = Directory.EnumerateFiles(name)
                .Where(f => s_videos.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .ToList();
            if (found.Count == 0)
                return new Error(ErrorKind.NotFound, "clip_not_found", $"There is no clip in the folder {name}.");
            clips.AddRange(found);
        }

        return clips;
    }
}
