using CsCheck;
using Siaga.Primitives;

namespace Siaga.Tests.Unit.Primitives;

public sealed class MediaTimeTests
{
    // Few different values, so that equal ones occur.
    private static readonly Gen<double> s_seconds = Gen.Int[0, 4].Select(i => i / 2.0);

    [Fact]
    public void Positions_compare_as_their_seconds_do() => Gen.Select(s_seconds, s_seconds).Sample((a, b) =>
    {
        var (left, right) = (new MediaTime(a), new MediaTime(b));
        return (left < right) == (a < b) && (left > right) == (a > b) && (left <= right) == (a <= b) && (left >= right) == (a >= b)
            && left.CompareTo(right) == a.CompareTo(b) && (left == right) == (a == b);
    });

    [Fact]
    public void A_clip_begins_at_zero() => Assert.Equal(new MediaTime(0), MediaTime.Zero);
}
