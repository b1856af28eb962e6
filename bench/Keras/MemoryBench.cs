using System.Globalization;
using Siaga.Inference;
using Siaga.Keras;

namespace Siaga.Bench.Keras;

/// <summary>Measures the memory that a loaded model holds, as the kernel reports it for this process, and what a pass adds.</summary>
internal static class MemoryBench
{
    public static int Run(string file)
    {
        // The runtime itself, with a model without weights.
        using var nothing = MatMul.Load();
        nothing.Run(MatMul.Inputs());
        var before = Held();
        using var model = InferenceBench.Load(file);
        var loaded = Held() - before;
        IReadOnlyList<Tensor> inputs = [.. model.Inputs.Select(InferenceBench.Random)];
        model.Run(inputs);
        model.Run(inputs);
        var ran = Held() - before;
        var weights = KerasModel.Read(file).Parameters * 4 / 1e6;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(file)}: weights {weights:0.0} MB, loaded {loaded:0.0} MB ({loaded / weights:0.0} ×), "
            + $"after a pass {ran:0.0} MB"));
        return 0;
    }

    private static double Held()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return File.ReadLines("/proc/self/status").Where(l => l.StartsWith("RssAnon:", StringComparison.Ordinal))
            .Select(l => double.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
            .Single();
    }
}
