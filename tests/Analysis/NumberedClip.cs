using Siaga.Inference;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Tests.Analysis;

/// <summary>A clip at ten frames a second, whose frame i is a uniform picture of the value i.</summary>
internal sealed class NumberedClip(int frames, int headerFrames) : IVideoDecoder
{
    /// <summary>Number of times it was opened.</summary>
    public int Opened { get; private set; }

    /// <summary>Frames converted, over all openings.</summary>
    public int Converted { get; private set; }

    public IVideoReader Open(string path)
    {
        Opened++;
        return new Reader(this, frames, headerFrames);
    }

    private sealed class Reader(NumberedClip clip, int frames, int headerFrames) : IVideoReader
    {
        private int _index = -1;

        public double NominalFramesPerSecond => 10;

        public int HeaderFrames => headerFrames;

        public MediaTime Position => new(_index / 10.0);

        public (int Width, int Height) FrameSize => (1, 1);

        public bool Grab() => ++_index < frames;

        public IHeldFrame Hold() => new Held(_index);

        public void Retrieve(FrameFormat format, Span<byte> destination)
        {
            clip.Converted++;
            destination.Fill((byte)_index);
        }

        public void RetrieveDifference(IHeldFrame? before, FrameFormat format, Span<byte> destination)
        {
            clip.Converted++;
            destination.Fill((byte)Math.Abs(_index - ((before as Held)?.Index ?? _index)));
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>A frame of a <see cref="NumberedClip"/>.</summary>
internal sealed class Held(int index) : IHeldFrame
{
    public (int Width, int Height) FrameSize => (1, 1);

    public int Index => index;

    public MediaTime Position => new(index / 10.0);

    public void Retrieve(FrameFormat format, Span<byte> destination) => destination.Fill((byte)index);

    public void Dispose()
    {
    }
}

/// <summary>A model with scripted answers; records the first value of each frame that it gets.</summary>
internal sealed class ScriptedModel(params double[] anomalyScores) : IInferenceRuntime, IInferenceModel
{
    public const int Frames = 50;

    public List<float[]> Asked { get; } = [];

    public IReadOnlyList<TensorSpec> Inputs { get; } = [new("input", [null, Frames, 64, 64, 3])];

    public IReadOnlyList<TensorSpec> Outputs { get; } = [new("output", [null, 2])];

    public IInferenceModel Load(ReadOnlyMemory<byte> onnx) => this;

    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs)
    {
        var values = inputs[0].Values.ToArray();
        Asked.Add([.. Enumerable.Range(0, Frames).Select(i => values[i * 64 * 64 * 3])]);
        var score = (float)anomalyScores[Math.Min(Asked.Count, anomalyScores.Length) - 1];
        return [new Tensor([1, 2], new[] { score, 1 - score })];
    }

    public void Dispose()
    {
    }
}
