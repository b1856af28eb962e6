using Siaga.Analysis;
using Siaga.Analysis.Detection;
using Siaga.Analysis.Scenes;
using Siaga.Inference.Onnx;
using Siaga.Messages;
using Siaga.Scenes;
using Siaga.Scenes.OpenCv;
using Siaga.Video.OpenCv;

namespace Siaga.Bench.Analysis;

/// <summary>The worker's analysis of a file: model and scene detector in one pass, as by default; and its bounds.</summary>
internal sealed class Product : IDisposable
{
    private readonly OpenCvDecoder _decoder = new();
    private readonly ClipModel _model;
    private readonly ClipAnalyser _analyser;
    private readonly DetectionPass _pass;
    private readonly SceneDetector _detector;
    private readonly IReadOnlyList<IClipDetector> _detectors;

    public Product()
    {
        _model = ClipModel.Load(ModelFile, null, new OnnxInferenceRuntime()).Value;
        _analyser = new ClipAnalyser(_decoder);
        _pass = new DetectionPass(_decoder);
        _detector = new SceneDetector(_decoder, () => new OpenCvPointTracker());
        _detectors = [new ModelDetector(_model), new SceneClipDetector(_detector)];
    }

    public static string ModelFile => Path.Combine(AppContext.BaseDirectory, "samples", "model.h5");

    /// <summary>The decoder's name, for the report.</summary>
    public string Decoder => _decoder.UsesSystem ? "the system's FFmpeg" : "OpenCV's bundled FFmpeg";

    /// <summary>The clip's real number of frames.</summary>
    public int FramesOf(string clip) => _analyser.Analyse(clip, _model, default).Value.Frames;

    /// <summary>A camera that has learned from this clip.</summary>
    public SceneState Learn(string clip) =>
        new SceneLearner(_decoder, () => new OpenCvPointTracker()).Learn([clip], null, null, default).Value;

    public Bound BoundOf(SceneState? scene) => new(ModelFile, _detector, scene);

    /// <summary>Model and scene, in one pass.</summary>
    public void OnePass(string clip, SceneState scene) => _pass.Run(
        clip,
        _detectors,
        video => new ClipInfo("clip", DateTimeOffset.UnixEpoch, video.NominalFramesPerSecond, video.HeaderFrames)
        {
            Scene = new KnownScene(new SceneInfo("7/9/scene/", 1, "7/9/scene/1.scene", IsReady: true, 1), scene),
        },
        first: null,
        outcome => new ClipFindings(outcome),
        default);

    /// <summary>The model, and then the scene over the same file once more.</summary>
    public void TwoPasses(string clip, SceneState scene)
    {
        _analyser.Analyse(clip, _model, default);
        _detector.Watch(clip, scene, new SceneClip("clip", DateTimeOffset.UnixEpoch, double.PositiveInfinity), _ => { });
    }

    public void Dispose() => _model.Dispose();
}
