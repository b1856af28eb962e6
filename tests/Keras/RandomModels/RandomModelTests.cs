using System.Globalization;
using System.Text.Json.Nodes;
using Siaga.Inference;
using Siaga.Inference.Onnx;
using Siaga.Keras;
using Siaga.Keras.Models;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>
/// Random models give the same outputs as the reference. <c>SIAGA_RANDOM_MODELS</c> sets their
/// number, <c>SIAGA_RANDOM_SEED</c> the first seed.
/// </summary>
public sealed class RandomModelTests
{
    private const double Absolute = 1e-5;
    private const double Relative = 1e-4;

    // Every n-th model is written to a file; the others are passed in memory.
    private const int Written = 8;

    [Fact]
    public void Models_made_at_random_answer_as_a_plain_reference_of_Keras_does()
    {
        var (first, count) = (Setting("SIAGA_RANDOM_SEED", 1), Setting("SIAGA_RANDOM_MODELS", 250));
        var differences = new List<string>();
        for (var seed = first; seed < first + count && differences.Count < 40; seed++)
        {
            if (Judge(seed) is { } difference)
                differences.Add(difference);
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences));
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } said ? int.Parse(said, CultureInfo.InvariantCulture) : otherwise;

    /// <returns>Null if they agree.</returns>
    private static string? Judge(int seed)
    {
        RandomModel model;
        try
        {
            model = RandomModels.Make(seed);
        }
        catch (Exception e) when (e is RefException or KeyNotFoundException or InvalidOperationException)
        {
            return $"seed {seed}: the generator: {e.Message}";
        }

        return Compare(model, written: seed % Written == 0) is not { } difference
            ? null
            : $"seed {seed}, Keras {(model.Keras3 ? 3 : 2)} "
                + $"{(model.Archive ? ".keras" : ".h5")}{(seed % Written == 0 ? " written" : "")}: {difference}\n  "
                + $"{FirstDifference(model)}";
    }

    /// <returns>Null if they agree.</returns>
    internal static string? Compare(RandomModel model, bool written)
    {
        IReadOnlyList<Tensor> outputs;
        try
        {
            using var loaded = new OnnxInferenceRuntime().Load((written ? FromFile(model) : FromMemory(model)).Onnx);
            outputs = loaded.Run([.. model.Inputs.Select(i => new Tensor(i.Shape, i.Data.Select(v => (float)v).ToArray()))]);
        }
        catch (Exception e)
        {
            // Any exception is a finding.
            return $"{e.GetType().Name}: {e.Message.Split('\n')[0]}";
        }

        if (outputs.Count != model.Outputs.Count)
            return $"{outputs.Count} outputs instead of {model.Outputs.Count}";
        for (var o = 0; o < outputs.Count; o++)
        {
            var (expected, actual) = (model.Outputs[o], outputs[o]);
            if (!expected.Shape.SequenceEqual(actual.Shape))
                return $"output {o} is ({string.Join(',', actual.Shape)}) instead of ({string.Join(',', expected.Shape)})";
            for (var i = 0; i < expected.Data.Length; i++)
            {
                if (!(Math.Abs(expected.Data[i] - actual.Values.Span[i]) <= Absolute + (Relative * Math.Abs(expected.Data[i]))))
                    return $"output {o} of ({string.Join(',', expected.Shape)}) at {i}: {actual.Values.Span[i]} "
                        + $"instead of {expected.Data[i]}";
            }
        }

        return null;
    }

    private static KerasModel FromMemory(RandomModel model)
    {
        using var file = ModelFiles.InMemory(model);
        return new ModelBuilder(file).Build();
    }

    private static KerasModel FromFile(RandomModel model)
    {
        var path = Path.Combine(Path.GetTempPath(), $"siaga-random-{Guid.NewGuid():N}.{(model.Archive ? "keras" : "h5")}");
        try
        {
            ModelFiles.Write(model, path);
            return KerasModel.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The last layer of the shortest prefix of the model whose output differs.</summary>
    private static string FirstDifference(RandomModel model)
    {
        var layers = RefModels.LayersOf(model.Config);
        foreach (var layer in layers.Where(l => l.ClassOf() != "InputLayer"))
        {
            var calls = layer["inbound_nodes"] is JsonArray nodes ? nodes.Count : 1;
            for (var call = 0; call < calls; call++)
            {
                var part = Beginning(model, layers, layer, call);
                if (Compare(part, written: false) is { } difference)
                    return $"first at {layer.NameOf()}: {difference}\n  in "
                        + $"({string.Join(") (", part.Inputs.Select(i => string.Join(',', i.Shape)))})\n  {Short(part, layers, layer)}";
            }
        }

        return model.Config.ToJsonString();
    }

    private static RandomModel Beginning(RandomModel model, List<JsonObject> layers, JsonObject last, int call)
    {
        var config = model.Config.DeepClone().AsObject();
        if (config.ClassOf() == "Sequential")
            config.ConfigOf()["layers"] = new JsonArray([.. layers.TakeWhile(l => l != last).Append(last).Select(l => l.DeepClone())]);
        else
            config.ConfigOf()["output_layers"] = new JsonArray(
                new JsonArray(last.NameOf(), call + RefModels.FirstCall(last, model.Keras3), 0));
        return model with { Config = config, Outputs = [new Reference(model.Keras3).Run(config, model.Weights, model.Inputs)[0]] };
    }

    /// <summary>The settings of the last layers, without uninformative ones.</summary>
    private static string Short(RandomModel model, List<JsonObject> layers, JsonObject last)
    {
        var reference = new Reference(model.Keras3);
        reference.Run(model.Config, model.Weights, model.Inputs);
        var shapes = reference.Trace.GroupBy(t => t.Name).ToDictionary(g => g.Key, g => string.Join(',', g.First().Outputs[0].Shape));
        var shown = layers.TakeWhile(l => l != last).TakeLast(6).Append(last).Select(l =>
        {
            var plain = l.DeepClone().AsObject();
            Strip(plain);
            return $"({shapes.GetValueOrDefault(l.NameOf())}) {plain.ToJsonString()}";
        });
        return string.Join("\n  ", shown);
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Strip(item);
        }

        if (node is not JsonObject o)
            return;
        foreach (var key in o.Select(p => p.Key).ToList())
        {
            if (key.EndsWith("initializer", StringComparison.Ordinal)
                || key.EndsWith("regularizer", StringComparison.Ordinal)
                || key.EndsWith("constraint", StringComparison.Ordinal)
                || key is "dtype" or "trainable" or "module" or "registered_name" or "build_config" or "seed" or "dropout"
                or "recurrent_dropout" or "implementation" or "unit_forget_bias" or "stateful")
                o.Remove(key);
            else
                Strip(o[key]);
        }
    }
}
