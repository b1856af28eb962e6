using Siaga.Video;

namespace Siaga.Analysis.Detection;

/// <summary>Holds some of a clip's newest frames, evenly spaced, so that the middle of a span can be shown when the span is over.</summary>
/// <param name="span">The number of newest frames to cover.</param>
internal sealed class HeldFrames(int span) : IDisposable
{
    // Held frames in a span. Each costs the memory of a decoded picture, about 3 MB at 1080p.
    private const int MostHeld = 4;

    // Pixels. Of larger pictures one in a span is held: they may have 100 MB each.
    private const long LargePicture = 4096 * 2304;

    private readonly int _gap = Math.Max(span / MostHeld, 1);
    private readonly Queue<(int Number, IHeldFrame Frame)> _held = new();
    private IHeldFrame? _kept;
    private int _offered;

    public void Offer(ICurrentFrame frame)
    {
        var (width, height) = frame.FrameSize;
        if (_offered % ((long)width * height > LargePicture ? span : _gap) == 0)
            _held.Enqueue((_offered, frame.Hold()));
        _offered++;
        while (_held.TryPeek(out var oldest) && oldest.Number < _offered - span)
        {
            _held.Dequeue();
            if (oldest.Frame != _kept)
                oldest.Frame.Dispose();
        }
    }

    /// <summary>The held frame nearest to a moment. It stays valid until another call keeps a different frame.</summary>
    /// <param name="seconds">Media time.</param>
    public IHeldFrame? KeepNearest(double seconds)
    {
        if (_held.Count == 0)
            return null;
        var nearest = _held.MinBy(h => Math.Abs(h.Frame.Position.Seconds - seconds)).Frame;
        if (_kept is not null && _held.All(h => h.Frame != _kept))
            _kept.Dispose();
        return _kept = nearest;
    }

    public void Dispose()
    {
        foreach (var (_, frame) in _held)
            frame.Dispose();
        _held.Clear();

        // Disposing a frame twice is safe: the kept frame may still have been among the held ones.
        _kept?.Dispose();
        _kept = null;
    }
}
