using System.Diagnostics;
using System.Globalization;
using Siaga.Inference;
using Siaga.Inference.Onnx;
using Siaga.Keras;

namespace Siaga.Bench.Keras;

/// <summary>Measures load time and milliseconds per inference, batch 1, one thread, alternating with a matrix product.</summary>
internal static class InferenceBench
{
    private const int Rounds = 15;
    private const double RoundSeconds = 0.25;

    // Size used for an unknown dimension of an input.
    private const int Open = 20;

    public static int Run(IReadOnlyList<string> files)
    {
        using var bound = MatMul.Load();
        var boundInputs = MatMul.Inputs();
        Warm(bound, boundInputs);
        Console.WriteLine("model                                                       weights MB   load ms   infer ms   ÷ MatMul");
        foreach (var file in files)
        {
            Load(file).Dispose();
            var loads = Enumerable.Range(0, 5).Select(_ => Time(() => Load(file).Dispose())).ToList();
            using var model = Load(file);
            IReadOnlyList<Tensor> inputs = [.. model.Inputs.Select(Random)];
            Warm(model, inputs);
            var (times, ratios) = (new List<double>(), new List<double>());
            var count = Math.Max(1, (int)(RoundSeconds * 1000 / Time(() => model.Run(inputs))));
            for (var round = 0; round < Rounds; round++)
            {
                var ours = Time(() => Repeat(model, inputs, count)) / count;
                var theirs = Time(() => Repeat(bound, boundInputs, 8)) / 8;
                times.Add(ours);
                ratios.Add(ours / theirs);
            }

            var weights = KerasModel.Read(file).Parameters * 4 / 1e6;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(file),-60}{weights,10:0.00}{Median(loads),10:0}{Median(times),11:0.00}{Median(ratios),11:0.000}"));
        }

        return 0;
    }

    public static IInferenceModel Load(string file) => new OnnxInferenceRuntime().Load(KerasModel.Read(file).Onnx);

    public static Tensor Random(TensorSpec spec)
    {
        int[] shape = [.. spec.Shape.Select((d, i) => d ?? (i == 0 ? 1 : Open))];
        var random = new Random(1);
        return new Tensor(shape, Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextSingle()).ToArray());
    }

    private static void Warm(IInferenceModel model, IReadOnlyList<Tensor> inputs) => Repeat(model, inputs, 3);

    private static void Repeat(IInferenceModel model, IReadOnlyList<Tensor> inputs, int count)
    {
        for (var i = 0; i < count; i++)
            model.Run(inputs);
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }
}
