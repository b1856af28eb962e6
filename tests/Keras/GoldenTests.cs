using System.Text.Json;
using Siaga.Inference.Onnx;
using Siaga.Keras;

namespace Siaga.Tests.Keras;

/// <summary>Compares every model that has stored outputs of TensorFlow.</summary>
public sealed class GoldenTests
{
    private static readonly string s_fixtures = Path.Combine(AppContext.BaseDirectory, "fixtures");
    private static readonly string? s_real = Environment.GetEnvironmentVariable("SIAGA_REAL_DATA");

    public static IEnumerable<TheoryDataRow<string>> Fixtures =>
        new Goldens(Path.Combine(s_fixtures, "goldens.json")).Files.Select(f => new TheoryDataRow<string>(f));

    public static IEnumerable<TheoryDataRow<string>> RealModels => string.IsNullOrEmpty(s_real)
        ? [new TheoryDataRow<string>("") { Skip = "SIAGA_REAL_DATA is not set: the real models are not here." }]
        : new Goldens(Path.Combine(s_real, "goldens", "models.json")).Files.Select(f => new TheoryDataRow<string>(f));

    [Theory]
    [MemberData(nameof(Fixtures), DisableDiscoveryEnumeration = true)]
    public void A_fixture_answers_as_TensorFlow_does_or_is_refused_by_the_layers_name(string file) =>
        AssertAgrees(Path.Combine(s_fixtures, file), new Goldens(Path.Combine(s_fixtures, "goldens.json")).Of(file));

    [Theory]
    [MemberData(nameof(RealModels), DisableDiscoveryEnumeration = true)]
    public void A_real_model_answers_as_TensorFlow_does_or_is_refused_by_the_layers_name(string file) =>
        AssertAgrees(Path.Combine(s_real!, "h5", file), new Goldens(Path.Combine(s_real!, "goldens", "models.json")).Of(file));

    private static void AssertAgrees(string path, JsonElement golden)
    {
        if (golden.TryGetProperty("refused", out var refused) && refused.ValueKind == JsonValueKind.String)
        {
            var error = Assert.Throws<KerasException>(() => KerasModel.Read(path));
            Assert.Contains(refused.GetString()!, error.Message, StringComparison.Ordinal);
            Assert.NotNull(error.LayerName);
            return;
        }

        var model = KerasModel.Read(path);
        using var loaded = new OnnxInferenceRuntime().Load(model.Onnx);
        var inputs = golden.GetProperty("inputs").EnumerateArray()
            .Select((shape, n) => Goldens.Input([.. shape.EnumerateArray().Select(d => d.GetInt32())], (uint)n)).ToList();
        if (golden.TryGetProperty("layers", out var layers)
            && layers.EnumerateArray().Any(l => l.GetProperty("class").GetString() == "Embedding"))
            inputs = [.. inputs.Select(Goldens.Whole)];
        var outputs = loaded.Run(inputs);
        var expected = golden.GetProperty("outputs").EnumerateArray().ToList();
        Assert.Equal(expected.Count, outputs.Count);
        for (var i = 0; i < expected.Count; i++)
            Goldens.AssertAgrees(
                expected[i], outputs[i], Path.GetFileName(path).Contains("float16", StringComparison.Ordinal) ? 2e-3f : 1e-5f);
    }
}
