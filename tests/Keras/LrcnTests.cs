using Siaga.Inference.Onnx;
using Siaga.Keras;

namespace Siaga.Tests.Keras;

public sealed class LrcnTests
{
    public static TheoryData<string> Fixtures => ["seed-lrcn.keras2.h5", "seed-lrcn.keras3.h5"];

    public static TheoryData<string> RealModels =>
    [
        "cansio-lrcn-model-1.h5", "cansio-lrcn-model-5.h5", "abualhagag-lrcn-model03.h5", "deepakkarki12-lrcn.h5",
        "dhanashrisonawane28-assault-explosion-shooting-46259748935699463-acc.h5", "dhanashrisonawane28-final-2-89-regularadded.h5",
        "dhanashrisonawane28-roadacc-shooting-47214800119400024-accuracy-0-92.h5", "hyouteki-ds-ucfcrimedataset-c-arson-dt-2023-11-17-14-29-5.h5",
        "ndanh318-model-lrcn-model.h5", "rushi589-lrcn-160s-90-90q.h5",
    ];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_fixture_of_the_LRCN_family_answers_as_TensorFlow_does(string file)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "fixtures");
        AssertAgrees(Path.Combine(folder, file), new Goldens(Path.Combine(folder, "goldens.json")));
    }

    [Theory]
    [MemberData(nameof(RealModels))]
    public void A_real_model_of_the_LRCN_family_answers_as_TensorFlow_does(string file)
    {
        var real = Environment.GetEnvironmentVariable("SIAGA_REAL_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(real), "SIAGA_REAL_DATA is not set: the real models are not here.");
        AssertAgrees(Path.Combine(real!, "h5", file), new Goldens(Path.Combine(real!, "goldens", "models.json")));
    }

    private static void AssertAgrees(string path, Goldens goldens)
    {
        var golden = goldens.Of(Path.GetFileName(path));
        var model = KerasModel.Read(path);
        using var loaded = new OnnxInferenceRuntime().Load(model.Onnx);
        var shape = golden.GetProperty("inputs")[0].EnumerateArray().Select(d => d.GetInt32()).ToList();
        Goldens.AssertAgrees(golden.GetProperty("outputs")[0], loaded.Run([Goldens.Input(shape)])[0]);
    }
}
