using Siaga.Analysis.Detection;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Video;

namespace Siaga.Tests.Analysis.Detection;

/// <summary>A covered lens is found; a dark or a short scene is not.</summary>
public sealed class BlackPictureTests
{
    [Fact]
    public void A_lens_that_is_covered_from_the_second_second_to_the_seventh_is_found_and_raises_no_alarm()
    {
        var finding = Assert.Single(Look(10, at => at is < 2 or >= 7 ? 120 : 0));
        Assert.Equal(("black_picture", 2.0, 7.0, false), (finding.Type, finding.FromS, finding.ToS, finding.Alarm));
        Assert.Equal(5, finding.Score, 6);
    }

    [Fact]
    public void A_lens_that_stays_covered_is_found_to_the_clips_end() =>
        Assert.Equal((0.0, 8.0), Look(8, _ => 3) is [var f] ? (f.FromS, f.ToS) : default);

    [Fact]
    public void Content_is_asked_for_however_dark_it_is() => Assert.Empty(Look(10, _ => BlackPictureDetector.LeastContrast));

    [Fact]
    public void Less_than_three_seconds_are_nothing() => Assert.Empty(Look(10, at => at is >= 4 and < 6 ? 0 : 120));

    [Fact]
    public void Two_times_covered_are_two_findings() =>
        Assert.Equal(2, Look(20, at => at is (>= 2 and < 6) or (>= 10 and < 15) ? 0 : 120).Count);

    [Fact]
    public void One_picture_a_second_is_converted()
    {
        var frames = new Frames(10, 25, _ => 120);
        Look(frames);
        Assert.Equal(10, frames.Converted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(200)]
    public void A_speck_of_dust_is_no_content(int level)
    {
        var gray = new byte[64 * 36];
        Array.Fill(gray, (byte)level);
        gray.AsSpan(0, gray.Length / 60).Fill(255);
        Assert.Equal(0, BlackPictureDetector.ContrastOf(gray));
        gray.AsSpan(0, gray.Length / 4).Fill((byte)(level + 30));
        Assert.Equal(30, BlackPictureDetector.ContrastOf(gray));
    }

    private static IReadOnlyList<Finding> Look(int seconds, Func<double, int> contrast) => Look(new Frames(seconds, 25, contrast));

    private static IReadOnlyList<Finding> Look(Frames frames)
    {
        using var session = new BlackPictureDetector().Start(new ClipInfo("", DateTimeOffset.UnixEpoch, frames.Rate, 0));
        for (var i = 0; frames.Next(i); i++)
            session.Add(frames);
        return session.Complete(new ClipLength(frames.Seconds * frames.Rate, frames.Seconds)).Value.Findings;
    }

    /// <summary>Pictures whose left half is brighter than their right half by this many grey levels.</summary>
    private sealed class Frames(int seconds, int rate, Func<double, int> contrast) : ICurrentFrame
    {
        private int _index;

        public int Seconds => seconds;

        public int Rate => rate;

        public int Converted { get; private set; }

        public (int Width, int Height) FrameSize => (1280, 720);

        public MediaTime Position => new(_index / (double)rate);

        public bool Next(int index)
        {
            _index = index;
            return index < seconds * rate;
        }

        public void Retrieve(FrameFormat format, Span<byte> destination)
        {
            Converted++;
            for (var i = 0; i < destination.Length; i++)
                destination[i] = (byte)(10 + (i % format.Width < format.Width / 2 ? contrast(Position.Seconds) : 0));
        }

        public IHeldFrame Hold() => throw new NotSupportedException("It holds no frame.");

        public void RetrieveDifference(IHeldFrame? before, FrameFormat format, Span<byte> destination) =>
            throw new NotSupportedException("It asks for no difference.");
    }
}
