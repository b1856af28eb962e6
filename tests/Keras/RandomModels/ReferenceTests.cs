using System.Text.Json;
using System.Text.Json.Nodes;
using Siaga.Keras.Containers;
using Siaga.Keras.Layers;
using Siaga.Keras.Weights;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Proves that the reference itself agrees with TensorFlow, layer by layer, so that a difference to it is meaningful.</summary>
public sealed class ReferenceTests
{
    private static readonly string s_fixtures = Path.Combine(AppContext.BaseDirectory, "fixtures");

    // Models that are refused, have 16-bit floats, or (one with 50 large images) take the simple loops minutes.
    private static readonly string[] s_left = ["refused", "float16", "seed-lrcn", "teachable", "td-mobilenet"];

    public static IEnumerable<TheoryDataRow<string>> Fixtures => new Goldens(Path.Combine(s_fixtures, "goldens.json")).Files
        .Where(f => !s_left.Any(l => f.StartsWith(l, StringComparison.Ordinal) || f.Contains(l, StringComparison.Ordinal)))
        .Select(f => new TheoryDataRow<string>(f));

    [Theory]
    [MemberData(nameof(Fixtures), DisableDiscoveryEnumeration = true)]
    public void The_reference_answers_as_TensorFlow_does_at_each_layer(string file)
    {
        var golden = new Goldens(Path.Combine(s_fixtures, "goldens.json")).Of(file);
        using var model = ModelFile.Read(Path.Combine(s_fixtures, file));
        var root = JsonNode.Parse(model.Config.GetRawText())!.AsObject();
        var reference = new Reference(keras3: file.Contains("keras3", StringComparison.Ordinal));
        List<JsonElement> layers = golden.TryGetProperty("layers", out var listed) ? [.. listed.EnumerateArray()] : [];
        var integers = layers.Exists(l => l.GetProperty("class").GetString() == "Embedding");
        var inputs = golden.GetProperty("inputs").EnumerateArray().Select((shape, n) => Input(shape, n, integers)).ToList();
        var outputs = reference.Run(root, WeightsOf(model, root), inputs);
        
        // The goldens of stateful layers were written after a first call, with the states that it left.
        foreach (var layer in layers.Where(_ => !file.StartsWith("lstm-stateful", StringComparison.Ordinal)))
        {
            var made = reference.Trace.Find(t => t.Name == layer.GetProperty("name").GetString()).Outputs;
            if (made is not null)
                AssertAgrees(layer, made[0]);
        }

        foreach (var (expected, output) in golden.GetProperty("outputs").EnumerateArray().Zip(outputs))
            AssertAgrees(expected, output);
    }

    private static Nd Input(JsonElement shape, int number, bool whole)
    {
        var tensor = Goldens.Input([.. shape.EnumerateArray().Select(d => d.GetInt32())], (uint)number);
        tensor = whole ? Goldens.Whole(tensor) : tensor;
        return new Nd([.. tensor.Shape], [.. tensor.Values.ToArray().Select(v => (double)v)]);
    }

    private static RefWeights WeightsOf(ModelFile file, JsonObject root)
    {
        var layers = RefModels.LayersOf(root);
        var nodes = layers.Zip(Folders.Of(layers.Select(l => l.ClassOf()))).ToDictionary(
            p => p.First.NameOf(),
            p => file.Weights.Of(WeightPlan.Of(LayerConfig.Of(JsonSerializer.SerializeToElement(p.First))), p.Second));
        return new RefWeights(new WeightNode([], nodes));
    }

    private static void AssertAgrees(JsonElement golden, Nd output)
    {
        if (golden.TryGetProperty("shape", out var shape))
            Assert.Equal(shape.EnumerateArray().Select(d => d.GetInt32()), output.Shape);
        var stride = golden.TryGetProperty("stride", out var s) ? s.GetInt32() : 1;
        var values = golden.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()).ToList();
        for (var i = 0; i < values.Count; i++)
            Assert.True(
                Math.Abs(values[i] - output.Data[i * stride]) < 1e-5 + (1e-4 * Math.Abs(values[i])),
                $"{golden.GetRawText()[..60]} at {i}: {values[i]} and {output.Data[i * stride]}");
    }
}
