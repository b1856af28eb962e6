using System.Text.Json;
using Siaga.Analysis;
using Siaga.Inference.Onnx;
using Siaga.Video.OpenCv;

namespace Siaga.Tests.Analysis;

public sealed class SampleClips
{
    private static readonly string s_samples = Path.Combine(AppContext.BaseDirectory, "samples");

    private static string? RealData => Environment.GetEnvironmentVariable("SIAGA_REAL_DATA");

    [Fact]
    public void The_six_samples_score_as_TensorFlow_says_and_their_verdicts_are_right()
    {
        using var model = ClipModel.Load(Path.Combine(s_samples, "model.h5"), null, new OnnxInferenceRuntime()).Value;
        var answers = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_samples, "answers.json"))).RootElement.EnumerateArray().ToList();
        Assert.Equal(6, answers.Count);
        foreach (var answer in answers)
        {
            var clip = answer.GetProperty("clip").GetString()!;
            var result = new ClipAnalyser(new OpenCvDecoder()).Analyse(Path.Combine(s_samples, "clips", clip), model, default).Value;
            Assert.Equal(answer.GetProperty("frames").GetInt32(), result.Frames);
            Assert.Equal(8.0, result.Seconds, 0.01);
            Assert.Equal(answer.GetProperty("kind").GetString() == "anomaly", result.Anomaly);
            foreach (var score in answer.GetProperty("scores").EnumerateObject())
                Assert.Equal(score.Value.GetDouble(), result.Labels[score.Name], 0.01);
        }
    }

    [Fact]
    public void Every_real_fight_is_an_anomaly_and_every_walk_is_none()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(RealData), "SIAGA_REAL_DATA is not set: the real clips are not here.");
        var manifest = new ModelManifest { Labels = ["nonviolence", "violence"], Threshold = 0.5 };
        using var model = ClipModel.Load(
            Path.Combine(RealData!, "h5", "cansio-lrcn-model-5.h5"), manifest, new OnnxInferenceRuntime()).Value;
        var clips = Directory.GetFiles(Path.Combine(RealData!, "clips"), "corridor-*.mp4");
        Assert.Equal(6, clips.Length);
        foreach (var clip in clips)
        {
            var result = new ClipAnalyser(new OpenCvDecoder()).Analyse(clip, model, default).Value;
            Assert.Equal(clip.Contains("fight", StringComparison.Ordinal), result.Anomaly);
        }
    }

    [Fact]
    public void What_is_no_clip_gets_a_code_and_a_sentence()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(RealData), "SIAGA_REAL_DATA is not set: the negative files are not here.");
        using var model = ClipModel.Load(Path.Combine(s_samples, "model.h5"), null, new OnnxInferenceRuntime()).Value;
        var files = Directory.GetFiles(Path.Combine(RealData!, "negative"));
        Assert.Equal(13, files.Length);
        Assert.All(files, f => Assert.StartsWith(
            "clip_", new ClipAnalyser(new OpenCvDecoder()).Analyse(f, model, default).Error!.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_model_gets_a_code_and_a_sentence()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(RealData), "SIAGA_REAL_DATA is not set: the negative files are not here.");
        foreach (var file in Directory.GetFiles(Path.Combine(RealData!, "negative")))
        {
            var loaded = ClipModel.Load(file, null, new OnnxInferenceRuntime());
            Assert.StartsWith("model_", loaded.Error!.Code, StringComparison.Ordinal);
        }
    }
}
