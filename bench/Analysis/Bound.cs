using OpenCvSharp;
using Siaga.Inference;
using Siaga.Inference.Onnx;
using Siaga.Keras;
using Siaga.Video;
using Siaga.Video.OpenCv;

namespace Siaga.Bench.Analysis;

/// <summary>
/// The upper bound for any analysis with the same parts: grab every frame, convert and resize those that the model needs, run the model
/// once; no counting, scaling or reading of the output.
/// </summary>
internal sealed class Bound(string modelFile) : IDisposable
{
    private const int Frames = 50;
    private const int Side = 64;

    private readonly IInferenceModel _model = new OnnxInferenceRuntime().Load(KerasModel.Read(modelFile).Onnx);
    private readonly float[] _values = new float[Frames * Side * Side * 3];

    /// <summary>With the worker's decoder.</summary>
    /// <param name="clip">A video file.</param>
    /// <param name="frames">The real number of frames.</param>
    public void SameDecoder(string clip, int frames)
    {
        using var reader = new OpenCvDecoder().Open(clip);
        var format = new FrameFormat(Side, Side, ResizeMethod.Linear, ColourOrder.Bgr);
        var pixels = new byte[format.Length];
        var step = Math.Max(frames / Frames, 1);
        for (var i = 0; reader.Grab(); i++)
        {
            if (i % step == 0 && i / step < Frames)
                reader.Retrieve(format, pixels);
        }

        Ask();
    }

    /// <summary>With OpenCV's bundled capture.</summary>
    public void OpenCvCapture(string clip, int frames)
    {
        using var capture = new VideoCapture(clip, VideoCaptureAPIs.FFMPEG, [70, 1]);
        using var frame = new Mat();
        using var small = new Mat();
        var step = Math.Max(frames / Frames, 1);
        for (var i = 0; capture.Grab(); i++)
        {
            if (i % step != 0 || i / step >= Frames)
                continue;
            capture.Retrieve(frame);
            Cv2.Resize(frame, small, new Size(Side, Side));
        }

        Ask();
    }

    public void Dispose() => _model.Dispose();

    private void Ask() => _model.Run([new Tensor([1, Frames, Side, Side, 3], _values)]);
}
