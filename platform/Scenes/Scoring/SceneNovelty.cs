using System.Numerics;
using System.Runtime.InteropServices;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Learning;

namespace Siaga.Scenes.Scoring;

/// <summary>The distance of the picture as a whole from everything that the camera remembers. Thread-safe.</summary>
internal sealed class SceneNovelty
{
    // Thumbnail steps of a standard deviation (see Thumbnail): distances are in deviations, summed over the picture like a norm.
    private const double Unit = 32;

    private readonly short[] _remembered;

    public SceneNovelty(Exemplars exemplars)
    {
        Count = exemplars.Count;
        _remembered = new short[Count * Thumbnail.Length];
        var i = 0;
        foreach (var (_, picture) in exemplars.Ordered())
        {
            foreach (var value in picture.Span)
                _remembered[i++] = value;
        }
    }

    /// <summary>Number of remembered pictures.</summary>
    public int Count { get; }

    /// <summary>Mean distance to the three nearest remembered pictures; 0 when there are fewer.</summary>
    /// <param name="thumbnail">The picture.</param>
    /// <param name="nearest">Receives the index of the nearest remembered picture, or -1.</param>
    public double Of(ReadOnlySpan<byte> thumbnail, out int nearest)
    {
        nearest = -1;
        if (Count < 3)
            return 0;
        Span<short> seen = stackalloc short[Thumbnail.Length];
        for (var i = 0; i < seen.Length; i++)
            seen[i] = thumbnail[i];
        var (first, second, third) = (int.MaxValue, int.MaxValue, int.MaxValue);
        for (var e = 0; e < Count; e++)
        {
            var distance = Distance(seen, _remembered.AsSpan(e * Thumbnail.Length, Thumbnail.Length), third);
            if (distance < first)
                (first, second, third, nearest) = (distance, first, second, e);
            else if (distance < second)
                (second, third) = (distance, second);
            else if (distance < third)
                third = distance;
        }

        return (Math.Sqrt(first) + Math.Sqrt(second) + Math.Sqrt(third)) / 3 / Unit;
    }

    /// <summary>
    /// The place where a picture differs from a remembered one: the smallest box of thumbnail pixels around the strongest difference and
    /// all connected ones that are at least half as strong.
    /// </summary>
    public (int X, int Y, int Width, int Height) Difference(ReadOnlySpan<byte> thumbnail, int remembered)
    {
        Span<int> differences = stackalloc int[Thumbnail.Length];
        var strongest = 0;
        for (var i = 0; i < Thumbnail.Length; i++)
        {
            differences[i] = Math.Abs(thumbnail[i] - _remembered[(remembered * Thumbnail.Length) + i]);
            strongest = differences[i] > differences[strongest] ? i : strongest;
        }

        return Region.Around(strongest, Thumbnail.Width, Thumbnail.Height, differences, differences[strongest] / 2);
    }

    /// <summary>The squared distance; any number above <paramref name="limit"/> when it exceeds the limit.</summary>
    private static int Distance(ReadOnlySpan<short> a, ReadOnlySpan<short> b, int limit)
    {
        const int Quarter = Thumbnail.Length / 4;
        var sum = 0;
        for (var from = 0; from < Thumbnail.Length && sum <= limit; from += Quarter)
        {
            var left = MemoryMarshal.Cast<short, Vector<short>>(a.Slice(from, Quarter));
            var right = MemoryMarshal.Cast<short, Vector<short>>(b.Slice(from, Quarter));
            var total = Vector<int>.Zero;
            for (var i = 0; i < left.Length; i++)
            {
                Vector.Widen(left[i] - right[i], out var low, out var high);
                total += (low * low) + (high * high);
            }

            sum += Vector.Sum(total);
        }

        return sum;
    }
}
