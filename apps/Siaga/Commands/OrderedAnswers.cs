using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Siaga.Analysis;
using Siaga.Primitives;
using Spectre.Console;

namespace Siaga.App.Siaga.Commands;

/// <summary>Prints answers in the order of the clips, each as soon as the ones before it are there.</summary>
internal sealed class OrderedAnswers(IReadOnlyList<string> clips, bool json)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Result<AnalysisResult>?[] _answers = new Result<AnalysisResult>?[clips.Count];
    private readonly Lock _lock = new();
    private int _printed;

    public int Failures => _answers.Count(a => a is null || !a.Value.IsOk);

    public void Add(int index, Result<AnalysisResult> answer)
    {
        lock (_lock)
        {
            _answers[index] = answer;
            for (; _printed < clips.Count && _answers[_printed] is { } next; _printed++)
            {
                if (json)
                    Console.Out.WriteLine(Line(clips[_printed], next));
            }

            Console.Out.Flush();
        }
    }

    /// <summary>Prints a table for people; nothing if JSON was requested.</summary>
    public void WriteTable()
    {
        if (json)
            return;
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("Clip", "Verdict", "Label").AddColumn(new TableColumn("Confidence").RightAligned())
            .AddColumn(new TableColumn("Frames").RightAligned()).AddColumn(new TableColumn("Length").RightAligned())
            .AddColumn(new TableColumn("Decode").RightAligned()).AddColumn(new TableColumn("Model").RightAligned());
        foreach (var (clip, answer) in clips.Zip(_answers))
            table.AddRow([.. Cells(clip, answer)]);
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = 200;
        console.Write(table);
    }

    private static IEnumerable<string> Cells(string clip, Result<AnalysisResult>? answer)
    {
        yield return Markup.Escape(clip);
        if (answer is not { } known)
        {
            yield return "[grey]not analysed[/]";
            yield break;
        }

        if (!known.IsOk)
        {
            yield return $"[yellow]failed[/]: {Markup.Escape(known.Error.Message)}";
            yield break;
        }

        var result = known.Value;
        yield return result.Anomaly ? "[red]anomaly[/]" : "[green]normal[/]";
        yield return Markup.Escape(result.Label);
        yield return result.Confidence.ToString("0.0000", CultureInfo.InvariantCulture);
        yield return result.Frames.ToString(CultureInfo.InvariantCulture);
        yield return string.Create(CultureInfo.InvariantCulture, $"{result.Seconds:0.0} s");
        yield return string.Create(CultureInfo.InvariantCulture, $"{result.DecodeMs:0} ms");
        yield return string.Create(CultureInfo.InvariantCulture, $"{result.InferMs:0} ms");
    }

    private static string Line(string clip, Result<AnalysisResult> answer) => answer.IsOk
        ? JsonSerializer.Serialize(
            new
            {
                clip,
                answer.Value.Frames,
                answer.Value.Seconds,
                answer.Value.Labels,
                answer.Value.Anomaly,
                answer.Value.Label,
                answer.Value.Confidence,
                answer.Value.Windows,
                answer.Value.DecodeMs,
                answer.Value.InferMs,
            },
            s_json)
        : JsonSerializer.Serialize(new { clip, error = new { code = answer.Error.Code, message = answer.Error.Message } }, s_json);
}
