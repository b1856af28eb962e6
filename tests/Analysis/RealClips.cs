using System.Text.Json;
using Siaga.Analysis;
using Siaga.Inference.Onnx;
using Siaga.Video;
using Siaga.Video.OpenCv;

namespace Siaga.Tests.Analysis;

/// <summary>Compares many kinds of footage with OpenCV's decoding and TensorFlow's scores.</summary>
public sealed class RealClips
{
    private static readonly Dictionary<string, (string File, string[] Labels)> s_models = new(StringComparer.Ordinal)
    {
        ["cansio-lrcn-model-5"] = ("cansio-lrcn-model-5.h5", ["nonviolence", "violence"]),
        ["hyouteki-arson-80x96"] = ("hyouteki-ds-ucfcrimedataset-c-arson-dt-2023-11-17-14-29-5.h5", ["arson", "normal"]),
        ["ndanh318-convlstm"] = ("ndanh318-model-convlstm-model.h5", ["a", "b", "c", "d"]),
        ["dhanashri-final-2-89"] = ("dhanashrisonawane28-final-2-89-regularadded.h5", ["a", "b", "c", "d"]),
        ["seed-lrcn"] = ("", ["anomaly", "normal"]),
    };

    private static string? RealData => Environment.GetEnvironmentVariable("SIAGA_REAL_DATA");

    [Theory]
    [InlineData("cansio-lrcn-model-5")]
    [InlineData("hyouteki-arson-80x96")]
    [InlineData("dhanashri-final-2-89")]
    [InlineData("ndanh318-convlstm")]
    [InlineData("seed-lrcn")]
    public void Every_real_clip_scores_as_TensorFlow_says(string name)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(RealData), "SIAGA_REAL_DATA is not set: the real clips are not here.");
        var (file, labels) = s_models[name];
        var path = file.Length > 0 ? Path.Combine(RealData!, "h5", file) : Path.Combine(AppContext.BaseDirectory, "seed-lrcn.keras2.h5");
        using var model = ClipModel.Load(path, new ModelManifest { Labels = labels }, new OnnxInferenceRuntime()).Value;
        var wrong = new List<string>();
        foreach (var clip in Golden())
        {
            var clipFile = clip.GetProperty("file").GetString()!;
            var result = new ClipAnalyser(new OpenCvDecoder()).Analyse(Path.Combine(RealData!, "clips", clipFile), model, default);
            if (!result.IsOk)
            {
                wrong.Add($"{clipFile}: {result.Error}");
                continue;
            }

            var expected = clip.GetProperty("answers").GetProperty(name).EnumerateArray().Select(v => v.GetDouble()).ToList();
            var actual = labels.Select(l => result.Value.Labels[l]).ToList();
            var difference = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
            if (difference > clip.GetProperty("tolerance").GetDouble()
                || result.Value.Frames != clip.GetProperty("decoded_frames").GetInt32())
            {
                wrong.Add($"{clipFile}: {difference:0.0000} off, {result.Value.Frames} frames of {clip.GetProperty("decoded_frames")}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_real_clip_decodes_as_it_does_where_models_are_trained()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(RealData), "SIAGA_REAL_DATA is not set: the real clips are not here.");
        var decoder = new OpenCvDecoder();
        Assert.SkipUnless(decoder.UsesSystem, "FFmpeg 5 is not installed: the bundled one rounds colours differently.");
        Assert.All(Golden(), clip =>
        {
            using var reader = decoder.Open(Path.Combine(RealData!, "clips", clip.GetProperty("file").GetString()!));
            Assert.Equal(clip.GetProperty("header_frames").GetInt32(), reader.HeaderFrames);
            Assert.Equal(clip.GetProperty("fps").GetDouble(), reader.NominalFramesPerSecond, 1e-3);
            var pixels = new byte[64 * 64 * 3];
            var frames = 0;
            for (; reader.Grab(); frames++)
            {
                if (!clip.GetProperty("thumbnails").TryGetProperty($"{frames}", out var expected))
                    continue;
                reader.Retrieve(new FrameFormat(64, 64, ResizeMethod.Linear, ColourOrder.Bgr), pixels);
                Assert.All(
                    expected.EnumerateArray().Zip(Thumbnail(pixels)),
                    p => Assert.InRange(p.Second, p.First.GetInt32() - 1, p.First.GetInt32() + 1));
            }

            Assert.Equal(clip.GetProperty("decoded_frames").GetInt32(), frames);
        });
    }

    /// <summary>Means of blocks of 16 × 16 pixels.</summary>
    private static IEnumerable<double> Thumbnail(byte[] pixels) =>
        from y in Enumerable.Range(0, 4)
        from x in Enumerable.Range(0, 4)
        from c in Enumerable.Range(0, 3)
        select Enumerable.Range(0, 256).Average(i => (double)pixels[((((y * 16) + (i / 16)) * 64) + (x * 16) + (i % 16)) * 3 + c]);

    private static IEnumerable<JsonElement> Golden() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RealData!, "goldens", "clips.json")))
            .RootElement.GetProperty("clips").EnumerateArray();
}
