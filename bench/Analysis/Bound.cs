using Siaga.Inference;
using Siaga.Inference.Onnx;
using Siaga.Keras;
using Siaga.Scenes;
using Siaga.Video;
using Siaga.Video.OpenCv;

namespace Siaga.Bench.Analysis;

/// <summary>
/// The upper bound for any analysis with the same parts: one decoding, the frames that the model needs converted and resized, the model
/// once, and the scene detector's own code on every frame; no counting, scaling, pictures or reading of the output.
/// </summary>
/// <param name="modelFile">The sample model.</param>
/// <param name="detector">The scene detector.</param>
/// <param name="scene">What is known of the camera; null: without the scene detector.</param>
internal sealed class Bound(string modelFile, SceneDetector detector, SceneState? scene) : IDisposable
{
    // A moment at this score would not be learned; normal footage stays below it.
    private const double AlarmLevel = 6;

    private const int Frames = 50;
    private const int Side = 64;

    private readonly IInferenceModel _model = new OnnxInferenceRuntime().Load(KerasModel.Read(modelFile).Onnx);
    private readonly float[] _values = new float[Frames * Side * Side * 3];

    /// <summary>Analyses a clip.</summary>
    /// <param name="clip">A video file.</param>
    /// <param name="frames">The real number of frames.</param>
    public void Run(string clip, int frames)
    {
        using var reader = new OpenCvDecoder().Open(clip);
        using var session = scene is null
            ? null
            : detector.Start(scene, new SceneClip("bound", DateTimeOffset.UnixEpoch, AlarmLevel), _ => { });
        var format = new FrameFormat(Side, Side, ResizeMethod.Linear, ColourOrder.Bgr);
        var pixels = new byte[format.Length];
        var step = Math.Max(frames / Frames, 1);
        for (var i = 0; reader.Grab(); i++)
        {
            if (i % step == 0 && i / step < Frames)
                reader.Retrieve(format, pixels);
            session?.Add(reader);
        }

        _model.Run([new Tensor([1, Frames, Side, Side, 3], _values)]);
        session?.CompleteLesson();
    }

    public void Dispose() => _model.Dispose();
}
