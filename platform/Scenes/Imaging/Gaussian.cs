using System.Numerics;
using System.Runtime.InteropServices;

namespace Siaga.Scenes.Imaging;

/// <summary>A Gaussian blur for float pictures of one size. Edges are mirrored without repeating the edge pixel. Not thread-safe.</summary>
internal sealed class Gaussian
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _radius;
    private readonly float[] _kernel;
    private readonly float[] _rows;
    private readonly float[] _padded;

    /// <param name="sigma">Pixels; the kernel ends at three times this.</param>
    public Gaussian(int width, int height, double sigma)
    {
        (_width, _height, _radius) = (width, height, (int)Math.Ceiling(3 * sigma));
        _kernel = new float[(2 * _radius) + 1];
        for (var i = 0; i < _kernel.Length; i++)
            _kernel[i] = (float)Math.Exp(-0.5 * (i - _radius) * (i - _radius) / (sigma * sigma));
        var sum = _kernel.Sum();
        for (var i = 0; i < _kernel.Length; i++)
            _kernel[i] /= sum;
        _rows = new float[width * height];
        _padded = new float[width + (2 * _radius) + Vector<float>.Count];
    }

    /// <param name="picture">Width × height values, row-major; overwritten with the result.</param>
    public void Apply(Span<float> picture)
    {
        for (var y = 0; y < _height; y++)
            AlongRow(picture.Slice(y * _width, _width), _rows.AsSpan(y * _width, _width));
        for (var y = 0; y < _height; y++)
            AcrossRows(y, picture.Slice(y * _width, _width));
    }

    private void AlongRow(ReadOnlySpan<float> from, Span<float> to)
    {
        var padded = _padded.AsSpan();
        from.CopyTo(padded[_radius..]);
        for (var i = 1; i <= _radius; i++)
        {
            padded[_radius - i] = from[Mirror(-i, _width)];
            padded[_radius + _width - 1 + i] = from[Mirror(_width - 1 + i, _width)];
        }

        var x = 0;
        for (; x <= _width - Vector<float>.Count; x += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var k = 0; k < _kernel.Length; k++)
                sum += new Vector<float>(padded[(x + k)..]) * _kernel[k];
            sum.CopyTo(to[x..]);
        }

        for (; x < _width; x++)
        {
            var sum = 0f;
            for (var k = 0; k < _kernel.Length; k++)
                sum += padded[x + k] * _kernel[k];
            to[x] = sum;
        }
    }

    private void AcrossRows(int y, Span<float> to)
    {
        to.Clear();
        var target = MemoryMarshal.Cast<float, Vector<float>>(to);
        var vectored = target.Length * Vector<float>.Count;
        for (var k = 0; k < _kernel.Length; k++)
        {
            var row = _rows.AsSpan(Mirror(y + k - _radius, _height) * _width, _width);
            var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
            var weight = _kernel[k];
            for (var i = 0; i < target.Length; i++)
                target[i] += vectors[i] * weight;
            for (var x = vectored; x < _width; x++)
                to[x] += row[x] * weight;
        }
    }

    private static int Mirror(int i, int length)
    {
        while (i < 0 || i >= length)
        {
            if (length == 1)
                return 0;
            i = i < 0 ? -i : (2 * length) - 2 - i;
        }

        return i;
    }
}
