using System.Globalization;
using System.Text;
using Siaga.Inference;
using Siaga.Inference.Onnx;
using Siaga.Keras;
using Siaga.Keras.Hdf5;

namespace Siaga.Tests.Keras.Fuzz;

/// <summary>The process that reads mutated files and may crash. Reports on standard output which file it reads, and the outcome.</summary>
internal static class FuzzChild
{
    /// <summary>Limits for a run's inputs and its largest layer, in elements, so that many runs fit into a test.</summary>
    private const long SmallInput = 200_000;
    private const long SmallLayer = 2_000_000;
    private const int UnknownDimension = 4;
    private const int MaxWalk = 50;

    /// <param name="args">First number, count, folder for the file.</param>
    public static int Run(string[] args)
    {
        var (first, count) = (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture));
        var path = Path.Combine(args[2], "fuzz.bin");
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
        // Load the runtime and its libraries first: that takes a second, which must not count for the first file.
        _ = Seeds.All;
        for (var number = first; number < first + count; number++)
        {
            File.WriteAllBytes(path, Mutation.Of(number).File);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"> {number}"));
            var before = Environment.CpuUsage.TotalTime;
            var outcome = Outcome(path);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"< {number} {(long)(Environment.CpuUsage.TotalTime - before).TotalMilliseconds} {outcome.ReplaceLineEndings(" | ")}"));
        }

        return 0;
    }

    public static string Outcome(string path)
    {
        if (Walk(path) is { } surprise)
            return surprise;
        KerasModel model;
        try
        {
            model = KerasModel.Read(path);
        }
        catch (KerasException e)
        {
            return $"refused {e.Code}";
        }
        catch (Exception e)
        {
            return $"FOREIGN {e.GetType().Name}: {e.Message} {Top(e)}";
        }

        try
        {
            return Use(model);
        }
        catch (InferenceException e)
        {
            return $"INFERENCE {string.Join(",", model.Layers.Select(l => l.ClassName).Distinct())}: {e.Message}";
        }
        catch (Exception e)
        {
            return $"FOREIGN {e.GetType().Name} at inference: {e.Message} {Top(e)}";
        }
    }

    /// <summary>Reads everything in an HDF5 file, whether or not a model needs it.</summary>
    private static string? Walk(string path)
    {
        try
        {
            using var file = new Hdf5Reader(RawBytes.Of(path));
            var open = new Stack<(string Path, int Depth)>([("", 0)]);
            var seen = new HashSet<ulong>();
            while (open.TryPop(out var next))
            {
                if (Quiet(() => file.Find(next.Path)) is not { } found)
                    continue;
                Quiet(() => found.Attributes.Values.Select(a => Quiet(() => Texts.Of(file, a))).ToList());
                Quiet(() => new Hdf5Dataset(file, found).Floats());
                foreach (var (name, address) in Quiet(() => found.Links) ?? new Dictionary<string, ulong>())
                {
                    if (seen.Add(address) && next.Depth < MaxWalk)
                        open.Push(($"{next.Path}/{name}", next.Depth + 1));
                }
            }
        }
        catch (Hdf5Exception)
        {
            // A refusal is the expected outcome.
        }
        catch (Exception e)
        {
            return $"FOREIGN {e.GetType().Name}: {e.Message} {Top(e)}";
        }

        return null;
    }

    private static T? Quiet<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Hdf5Exception)
        {
            return default;
        }
    }

    private static string Use(KerasModel model)
    {
        using var loaded = new OnnxInferenceRuntime().Load(model.Onnx);
        var shapes = loaded.Inputs.Select(i => i.Shape.Select((d, n) => n == 0 ? 1 : d ?? UnknownDimension).ToArray()).ToList();
        if (shapes.Any(s => Size(s.Select(d => (int?)d)) > SmallInput) || model.Layers.Any(l => Size(l.OutputShape) > SmallLayer))
            return "loaded";
        var outputs = loaded.Run([.. shapes.Select(s => Goldens.Input(s))]);
        return outputs.Count > 0 ? "ran" : "FOREIGN no outputs";
    }

    private static double Size(IEnumerable<int?> shape) => shape.Aggregate(1.0, (a, d) => a * (d ?? UnknownDimension));

    /// <summary>The first of our own frames in the stack trace.</summary>
    private static string Top(Exception e) => string.Join(
        " ", (e.StackTrace ?? "").Split('\n').Where(l => l.Contains("Siaga", StringComparison.Ordinal)).Take(3).Select(l => l.Trim()));
}
