namespace Siaga.Analysis.Detection;

/// <summary>Selects the frames of a clip that a model needs, given the clip's length.</summary>
/// <param name="Frames">T: the number of frames in one model input.</param>
internal abstract record FrameSelection(int Frames)
{
    /// <param name="total">Number of frames in the clip as far as known; 0 when unknown.</param>
    public static FrameSelection Of(ModelManifest manifest, int frames, int total) => manifest.Select switch
    {
        "first" => new First(frames),
        "last" => new Last(frames, total),
        "window" => new Windows(frames, manifest.Stride),
        _ => new Uniform(frames, Math.Max(total / frames, 1)),
    };

    /// <summary>Whether a frame, counted from 0, is needed.</summary>
    public abstract bool Wants(int index);

    /// <summary>Whether the model is due to run once this selected frame is there.</summary>
    public virtual bool Completes(int index) => false;

    /// <summary>Whether the selection is right for a clip that turned out to have this many frames.</summary>
    public abstract bool HoldsFor(int total);

    private sealed record Uniform(int Frames, int Step) : FrameSelection(Frames)
    {
        public override bool Wants(int index) => index % Step == 0 && index / Step < Frames;

        public override bool HoldsFor(int total) => Math.Max(total / Frames, 1) == Step;
    }

    private sealed record First(int Frames) : FrameSelection(Frames)
    {
        public override bool Wants(int index) => index < Frames;

        public override bool HoldsFor(int total) => true;
    }

    /// <summary>Selects from the first frame that can be among the last T; the window keeps the newest T of them.</summary>
    private sealed record Last(int Frames, int Total) : FrameSelection(Frames)
    {
        public override bool Wants(int index) => index >= Total - Frames;

        public override bool HoldsFor(int total) => Math.Max(total - Frames, 0) >= Math.Max(Total - Frames, 0);
    }

    private sealed record Windows(int Frames, int Stride) : FrameSelection(Frames)
    {
        public override bool Wants(int index) => index % Stride < Frames || Stride < Frames;

        public override bool Completes(int index) => index >= Frames - 1 && (index - (Frames - 1)) % Stride == 0;

        public override bool HoldsFor(int total) => true;
    }
}
