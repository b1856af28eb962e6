using System.CommandLine;
using Siaga.Analysis;
using Siaga.Inference.Onnx;
using Siaga.Video.OpenCv;
using Spectre.Console;

namespace Siaga.App.Siaga.Commands;

/// <summary><c>siaga analyse</c>: analyses clips with a model, without a server.</summary>
internal static class AnalyseCommand
{
    private static readonly Argument<FileInfo[]> s_clips = new("clip") { Description = "Video files.", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<FileInfo> s_model = new("--model") { Description = "The Keras model file.", Required = true };

    private static readonly Option<FileInfo?> s_manifest = new("--manifest")
    {
        Description = "The model's manifest. Default: the .json file beside the model.",
    };

    private static readonly Option<string[]> s_labels = new("--labels")
    {
        Description = "Label names in the order of the model's outputs; overrides the manifest.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<double?> s_threshold = new("--threshold")
    {
        Description = "Detection threshold, 0 to 1; overrides the manifest.",
    };

    private static readonly Option<int> s_jobs = new("--jobs")
    {
        Description = "Number of clips analysed at once.",
        DefaultValueFactory = _ => Math.Max(Environment.ProcessorCount, 1),
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Prints one line of JSON per clip to standard output." };

    public static Command Create()
    {
        var command = new Command("analyse", "Analyses clips with a model, without a server.")
        {
            s_clips, s_model, s_manifest, s_labels, s_threshold, s_jobs, s_json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(s_jobs) is < 1 or > 256)
            return await Refusal.SayAsync("analyse", "--jobs must be from 1 to 256.");
        var model = parsed.GetValue(s_model)!;
        var loaded = ClipModels.Load(
            model,
            parsed.GetValue(s_manifest),
            parsed.GetValue(s_labels),
            parsed.GetValue(s_threshold),
            new OnnxInferenceRuntime());
        if (!loaded.IsOk)
            return await Refusal.SayAsync("analyse", $"{model}: {loaded.Error.Message} [{loaded.Error.Code}]");
        using var clipModel = loaded.Value;
        var clips = parsed.GetValue(s_clips)!.Select(c => c.ToString()).ToList();
        var answers = new OrderedAnswers(clips, parsed.GetValue(s_json));
        var analyser = new ClipAnalyser(new OpenCvDecoder());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parsed.GetValue(s_jobs), CancellationToken = cancellationToken };
        await ProgressBar.RunAsync("Analysing", clips.Count, advance => Parallel.ForEachAsync(
            Enumerable.Range(0, clips.Count), parallel, (i, token) =>
            {
                answers.Add(i, analyser.Analyse(clips[i], clipModel, token));
                advance();
                return ValueTask.CompletedTask;
            }));
        answers.WriteTable();
        return answers.Failures == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
