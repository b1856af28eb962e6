using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Siaga.Scenes;
using Siaga.Scenes.OpenCv;
using Siaga.Video.OpenCv;
using Spectre.Console;

namespace Siaga.App.Siaga.Commands.Scene;

/// <summary><c>siaga scene score</c>: a line of JSON per frame, or a table of clips.</summary>
internal static class ScoreCommand
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Option<bool> s_asJson = new("--json") { Description = "Prints one line of JSON per frame to standard output." };

    public static Command Create()
    {
        var command = new Command("score", "Scores every frame of clips against what is normal on their camera.")
        {
            SceneLearning.Clips, SceneLearning.Learn, SceneLearning.State, s_asJson,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var clips = parsed.GetValue(SceneLearning.Clips)!.Select(c => c.ToString()).ToList();
            if (clips.Find(c => !File.Exists(c)) is { } missing)
                return await Refusal.SayAsync("scene score", $"There is no clip {missing}.");
            var state = await SceneLearning.StateAsync(parsed, cancellationToken);
            if (!state.IsOk)
                return await Refusal.SayAsync("scene score", state.Error.Message);
            return await ScoreAsync(clips, state.Value, parsed.GetValue(s_asJson), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await Refusal.SayAsync("scene score", e.Message);
        }
    }

    private static async Task<int> ScoreAsync(List<string> clips, SceneState state, bool json, CancellationToken cancellationToken)
    {
        var detector = new SceneDetector(new OpenCvDecoder(), () => new OpenCvPointTracker());
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Clip").AddColumn(new TableColumn("Highest score").RightAligned())
            .AddColumn(new TableColumn("At").RightAligned()).AddColumn("Why");
        var failures = 0;
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        await ProgressBar.RunAsync("Scoring", clips.Count, advance => Task.Run(
            () =>
            {
                foreach (var clip in clips)
                {
                    var score = detector.Score(clip, state, frame => WriteLine(clip, frame), cancellationToken);
                    failures += score.IsOk ? 0 : 1;
                    if (!score.IsOk && json)
                    {
                        var error = new { code = score.Error.Code, message = score.Error.Message };
                        output.WriteLine(JsonSerializer.Serialize(new { clip, error }, s_json));
                    }

                    table.AddRow(score.IsOk
                        ? Row(clip, score.Value.Peak)
                        : [Markup.Escape(clip), "-", "-", $"[yellow]failed[/]: {Markup.Escape(score.Error.Message)}"]);
                    advance();
                }
            },
            cancellationToken));
        await output.FlushAsync(cancellationToken);
        if (!json)
            Show(table, state);
        return failures == 0 ? ExitCodes.Done : ExitCodes.Failed;

        void WriteLine(string clip, SceneFrame frame)
        {
            if (json)
            {
                output.WriteLine(JsonSerializer.Serialize(
                    new
                    {
                        clip,
                        frame = frame.Index,
                        t_s = Math.Round(frame.Seconds, 6),
                        score = Math.Round(frame.Score, 6),
                        box = new[] { frame.Box.X, frame.Box.Y, frame.Box.Width, frame.Box.Height },
                        attribute = frame.Reason.Attribute.ToString().ToLowerInvariant(),
                    },
                    s_json));
            }
        }
    }

    private static string[] Row(string clip, SceneFrame peak) =>
    [
        Markup.Escape(clip),
        peak.Score.ToString("0.0", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{peak.Seconds:0.0} s"),
        Markup.Escape(peak.Reason.ToSentence()),
    ];

    private static void Show(Table table, SceneState state)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = 200;
        console.Write(table);
        var (progress, needed) = (state.Progress, LearningProgress.FootageNeeded.TotalMinutes);
        if (!progress.IsEnough)
        {
            var footage = $"{progress.Footage.TotalMinutes:0.0} of {needed:0} minutes";
            var frames = $"{progress.ActiveFrames} of {LearningProgress.ActiveFramesNeeded} active frames";
            console.MarkupLineInterpolated($"[yellow]note[/] provisional: learned from {footage} and {frames}");
        }
    }
}
