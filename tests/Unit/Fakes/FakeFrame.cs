using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>A frame of one value, of any size; counts how many of those that were held are still held.</summary>
internal sealed class FakeFrame : ICurrentFrame
{
    public (int Width, int Height) FrameSize { get; init; } = (64, 48);

    public MediaTime Position { get; set; }

    public byte Value { get; set; }

    /// <summary>Thrown where the frame is converted; null: it can be.</summary>
    public VideoException? Failure { get; init; }

    /// <summary>The formats that were asked for, in order.</summary>
    public List<FrameFormat> Formats { get; } = [];

    public int StillHeld { get; private set; }

    public void Retrieve(FrameFormat format, Span<byte> destination)
    {
        if (Failure is not null)
            throw Failure;
        Formats.Add(format);
        destination.Fill(Value);
    }

    public void RetrieveDifference(IHeldFrame? before, FrameFormat format, Span<byte> destination) => Retrieve(format, destination);

    public IHeldFrame Hold()
    {
        StillHeld++;
        return new Held(this, FrameSize, Position, Value);
    }

    internal sealed class Held(FakeFrame owner, (int Width, int Height) size, MediaTime position, byte value) : IHeldFrame
    {
        public bool IsDisposed { get; private set; }

        public (int Width, int Height) FrameSize => size;

        public MediaTime Position => position;

        public void Retrieve(FrameFormat format, Span<byte> destination)
        {
            owner.Formats.Add(format);
            destination.Fill(value);
        }

        public void Dispose()
        {
            if (IsDisposed)
                return;
            IsDisposed = true;
            owner.StillHeld--;
        }
    }
}
