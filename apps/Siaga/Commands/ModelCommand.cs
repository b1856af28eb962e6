using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Siaga.Analysis;
using Siaga.Inference;
using Siaga.Inference.Onnx;
using Siaga.Keras;
using Spectre.Console;

namespace Siaga.App.Siaga.Commands;

/// <summary><c>siaga model</c>: inspects, runs and converts a Keras model file.</summary>
internal static class ModelCommand
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly Argument<FileInfo> s_file = new("file") { Description = "A Keras model file (.h5 or .keras)." };

    private static readonly Option<FileInfo[]> s_inputs = new("--input")
    {
        Description = "A .npy file with a tensor. Give one for each of the model's inputs, in order.",
    };

    private static readonly Option<FileInfo> s_output = new("--output") { Description = "The ONNX file to write.", Required = true };

    private static readonly Option<bool> s_asJson = new("--json") { Description = "Prints JSON to standard output." };

    public static Command Create()
    {
        var inspect = new Command("inspect", "Shows the inputs, outputs and layers of a model file.") { s_file, s_asJson };
        inspect.SetAction((parsed, _) => RefusingAsync("model inspect", parsed, Inspect));
        var run = new Command("run", "Runs a model on tensors.") { s_file, s_inputs, s_asJson };
        run.SetAction((parsed, _) => RefusingAsync("model run", parsed, Run));
        var convert = new Command("convert", "Converts a model to ONNX.") { s_file, s_output, s_asJson };
        convert.SetAction((parsed, _) => RefusingAsync("model convert", parsed, Convert));
        return new Command("model", "Inspects, runs and converts Keras model files.") { inspect, run, convert };
    }

    private static async Task<int> RefusingAsync(string name, ParseResult parsed, Func<ParseResult, int> run)
    {
        try
        {
            if (!parsed.GetValue(s_file)!.Exists)
                return await Refusal.SayAsync(name, $"There is no file {parsed.GetValue(s_file)}.");
            return run(parsed);
        }
        catch (KerasException e)
        {
            return await Refusal.SayAsync(name, $"{e.Message} [{e.Code}]");
        }
        catch (Exception e) when (e is InferenceException or IOException or UnauthorizedAccessException)
        {
            return await Refusal.SayAsync(name, e.Message);
        }
    }

    private static int Inspect(ParseResult parsed)
    {
        var file = parsed.GetValue(s_file)!.FullName;
        var keras = KerasModel.Read(file);
        using var model = new OnnxInferenceRuntime().Load(keras.Onnx);
        List<string> warnings = [.. keras.Warnings];
        var clips = ClipModel.Load(file, null, new OnnxInferenceRuntime());
        if (clips.IsOk)
            clips.Value.Dispose();
        else
            warnings.Add(clips.Error.Message);
        if (parsed.GetValue(s_asJson))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new
                {
                    file = parsed.GetValue(s_file)!.ToString(),
                    keras.KerasVersion,
                    keras.Parameters,
                    Inputs = model.Inputs.Select(i => new { i.Name, i.Shape }),
                    Outputs = model.Outputs.Select(o => new { o.Name, o.Shape }),
                    Layers = keras.Layers.Select(l => new { l.Name, Class = l.ClassName, l.OutputShape, l.Parameters }),
                    warnings,
                },
                s_json));
            return ExitCodes.Done;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = 200;
        var version = keras.KerasVersion.Length > 0 ? keras.KerasVersion : "(unknown version)";
        console.WriteLine($"Keras {version}, {keras.Parameters.ToString("N0", CultureInfo.InvariantCulture)} parameters");
        console.WriteLine($"in   {string.Join(", ", model.Inputs.Select(i => $"{i.Name} {Text(i.Shape)}"))}");
        console.WriteLine($"out  {string.Join(", ", model.Outputs.Select(o => $"{o.Name} {Text(o.Shape)}"))}");
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("Layer", "Class", "Output").AddColumn(new TableColumn("Parameters").RightAligned());
        foreach (var layer in keras.Layers)
        {
            table.AddRow(
                Markup.Escape(layer.Name),
                Markup.Escape(layer.ClassName),
                Markup.Escape(Text(layer.OutputShape)),
                layer.Parameters.ToString("N0", CultureInfo.InvariantCulture));
        }

        console.Write(table);
        foreach (var warning in warnings)
            console.MarkupLine($"[yellow]note[/] {Markup.Escape(warning)}");
        return ExitCodes.Done;
    }

    private static int Run(ParseResult parsed)
    {
        using var model = new OnnxInferenceRuntime().Load(KerasModel.Read(parsed.GetValue(s_file)!.FullName).Onnx);
        var inputs = (parsed.GetValue(s_inputs) ?? []).Select(f => NumpyFile.Read(f.FullName)).ToList();
        var start = Stopwatch.GetTimestamp();
        var outputs = model.Run(inputs);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.Out.WriteLine(JsonSerializer.Serialize(
            new { Outputs = outputs.Select(o => new { o.Shape, Values = o.Values.ToArray() }), InferMs = elapsed }, s_json));
        return ExitCodes.Done;
    }

    private static int Convert(ParseResult parsed)
    {
        var keras = KerasModel.Read(parsed.GetValue(s_file)!.FullName);
        var output = parsed.GetValue(s_output)!;

        // Written beside it first, then renamed: a killed conversion leaves no half file under the requested name.
        var part = output.FullName + ".part";
        File.WriteAllBytes(part, keras.Onnx.ToArray());
        File.Move(part, output.FullName, overwrite: true);
        if (parsed.GetValue(s_asJson))
            Console.Out.WriteLine(JsonSerializer.Serialize(new { output = output.ToString(), bytes = keras.Onnx.Length }, s_json));
        else
            Console.Error.WriteLine($"Wrote {output} ({keras.Onnx.Length} bytes).");
        return ExitCodes.Done;
    }

    private static string Text(IReadOnlyList<int?> shape) =>
        $"({string.Join(", ", shape.Select(d => d?.ToString(CultureInfo.InvariantCulture) ?? "?"))})";
}
