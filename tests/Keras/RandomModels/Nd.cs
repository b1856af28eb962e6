namespace Siaga.Tests.Keras.RandomModels;

/// <summary>A minimal row-major array. The reference computes with it, one number at a time.</summary>
internal sealed record Nd(int[] Shape, double[] Data)
{
    /// <summary>The Keras mask attached to the tensor: 1 for a valid step.</summary>
    public Nd? Mask { get; init; }

    public int Rank => Shape.Length;

    public static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (a, b) => checked(a * b));

    public static Nd Zeros(params int[] shape) => new(shape, new double[Count(shape)]);

    public static Nd Filled(double value, params int[] shape) => Zeros(shape).Map(_ => value);

    public static Nd Of(int[] shape, Func<int[], double> at)
    {
        var result = Zeros(shape);
        var i = 0;
        foreach (var index in Indices(shape))
            result.Data[i++] = at(index);
        return result;
    }

    /// <summary>Every index in row-major order. Yields the same array instance each time.</summary>
    public static IEnumerable<int[]> Indices(int[] shape)
    {
        var index = new int[shape.Length];
        var count = Count(shape);
        for (var i = 0; i < count; i++)
        {
            yield return index;
            for (var d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
                index[d] = 0;
        }
    }

    public int Axis(int axis) => axis < 0 ? axis + Rank : axis;

    public double At(params ReadOnlySpan<int> index)
    {
        var offset = 0;
        for (var d = 0; d < Shape.Length; d++)
            offset = (offset * Shape[d]) + index[d];
        return Data[offset];
    }

    public Nd Map(Func<double, double> of) => new(Shape, [.. Data.Select(of)]) { Mask = Mask };

    public Nd Unmasked() => this with { Mask = null };

    public Nd Reshape(params int[] shape) =>
        Count(shape) == Data.Length ? new(shape, Data) : throw new InvalidOperationException("A reshape changes the size.");

    public Nd Transpose(params int[] permutation)
    {
        var source = new int[Rank];
        return Of([.. permutation.Select(p => Shape[p])], index =>
        {
            for (var d = 0; d < index.Length; d++)
                source[permutation[d]] = index[d];
            return At(source);
        });
    }

    public Nd Slice(int axis, int from, int count, int step = 1)
    {
        var at = Axis(axis);
        return Of([.. Shape.Select((s, d) => d == at ? count : s)], index =>
        {
            int[] source = [.. index];
            source[at] = from + (index[at] * step);
            return At(source);
        });
    }

    public Nd Take(int axis, int index) => Slice(axis, index, 1).Reshape([.. Shape.Where((_, d) => d != Axis(axis))]);

    public Nd Reverse(int axis) => Slice(axis, Shape[Axis(axis)] - 1, Shape[Axis(axis)], -1);

    public static Nd Concat(int axis, IReadOnlyList<Nd> parts)
    {
        var at = parts[0].Axis(axis);
        var sizes = parts.Select(p => p.Shape[at]).ToArray();
        return Of([.. parts[0].Shape.Select((s, d) => d == at ? sizes.Sum() : s)], index =>
        {
            int[] source = [.. index];
            var part = 0;
            while (source[at] >= sizes[part])
                source[at] -= sizes[part++];
            return parts[part].At(source);
        });
    }

    public static Nd Stack(int axis, IReadOnlyList<Nd> parts)
    {
        int[] one = [.. parts[0].Shape.Take(axis), 1, .. parts[0].Shape.Skip(axis)];
        return Concat(axis, [.. parts.Select(p => p.Reshape(one))]);
    }

    /// <summary>NumPy broadcasting.</summary>
    public static Nd Broadcast(Nd a, Nd b, Func<double, double, double> operate)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        (a, b) = (a.Lift(rank), b.Lift(rank));
        var (x, y) = (new int[rank], new int[rank]);
        return Of([.. a.Shape.Zip(b.Shape, Math.Max)], index =>
        {
            for (var d = 0; d < rank; d++)
                (x[d], y[d]) = (a.Shape[d] == 1 ? 0 : index[d], b.Shape[d] == 1 ? 0 : index[d]);
            return operate(a.At(x), b.At(y));
        });
    }

    /// <summary>Reduces axes to one number each.</summary>
    public Nd Reduce(int[] axes, bool keep, Func<IEnumerable<double>, double> fold)
    {
        int[] over = [.. axes.Select(Axis)];
        int[] kept = [.. Shape.Select((s, d) => over.Contains(d) ? 1 : s)];
        int[] inner = [.. Shape.Select((s, d) => over.Contains(d) ? s : 1)];
        var result = Of(kept, index =>
        {
            int[] start = [.. index];
            return fold(Indices(inner).Select(i => At(start.Zip(i, (p, q) => p + q).ToArray())));
        });
        return keep ? result : result.Reshape([.. Shape.Where((_, d) => !over.Contains(d))]);
    }

    public static Nd MatMul(Nd a, Nd b)
    {
        // Contracts the last dimension of the first with the first of the second, as Keras's dot.
        var (rows, shared, columns) = (a.Data.Length / a.Shape[^1], a.Shape[^1], b.Data.Length / b.Shape[0]);
        var result = Zeros([.. a.Shape.SkipLast(1), .. b.Shape.Skip(1)]);
        for (var r = 0; r < rows; r++)
        {
            for (var k = 0; k < shared; k++)
            {
                for (var c = 0; c < columns; c++)
                    result.Data[(r * columns) + c] += a.Data[(r * shared) + k] * b.Data[(k * columns) + c];
            }
        }

        return result;
    }

    public static Nd operator +(Nd a, Nd b) => Broadcast(a, b, (x, y) => x + y);

    public static Nd operator -(Nd a, Nd b) => Broadcast(a, b, (x, y) => x - y);

    public static Nd operator *(Nd a, Nd b) => Broadcast(a, b, (x, y) => x * y);

    public static Nd operator /(Nd a, Nd b) => Broadcast(a, b, (x, y) => x / y);

    private Nd Lift(int rank) => Rank == rank ? this : Reshape([.. Enumerable.Repeat(1, rank - Rank), .. Shape]);
}
