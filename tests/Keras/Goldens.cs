using System.Text.Json;
using Siaga.Inference;

namespace Siaga.Tests.Keras;

/// <summary>What TensorFlow answers, on inputs made by a formula.</summary>
internal sealed class Goldens
{
    private readonly Dictionary<string, JsonElement> _byFile;

    public Goldens(string file) => _byFile = JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("models")
        .EnumerateArray().ToDictionary(m => m.GetProperty("file").GetString()!, StringComparer.Ordinal);

    public IEnumerable<string> Files => _byFile.Keys;

    public JsonElement Of(string file) => _byFile[file];

    public static Tensor Input(IReadOnlyList<int> shape, uint number = 0)
    {
        var values = new float[shape.Aggregate(1, (a, b) => a * b)];
        for (uint i = 0; i < values.Length; i++)
        {
            var u = unchecked((i + 1 + (number * 1000003)) * 2654435761);
            u = unchecked((u ^ (u >> 15)) * 2246822519);
            u ^= u >> 13;
            values[i] = (u >> 8) / 16777216f;
        }

        return new Tensor(shape, values);
    }

    /// <summary>For an input of whole numbers: those below 50.</summary>
    public static Tensor Whole(Tensor input) => new(input.Shape, input.Values.ToArray().Select(x => MathF.Truncate(x * 50)).ToArray());

    public static void AssertAgrees(JsonElement golden, Tensor output, float tolerance)
    {
        Assert.Equal(golden.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()), output.Shape);
        var stride = golden.TryGetProperty("stride", out var s) ? s.GetInt32() : 1;
        var expected = golden.GetProperty("values").EnumerateArray().Select(v => v.GetSingle()).ToList();
        Assert.NotEmpty(expected);
        for (var i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], output.Values.Span[i * stride], tolerance + (1e-4f * Math.Abs(expected[i])));
    }
}
