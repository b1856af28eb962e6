using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;
using Siaga.Scenes.Motion;

namespace Siaga.Scenes.OpenCv;

/// <summary>OpenCV's pyramidal Lucas–Kanade.</summary>
public sealed class OpenCvPointTracker : IPointTracker
{
    // Pixels a side, 9 to 21 were tried: large enough to hold a person's outline, small enough to stay on one person.
    private const int Window = 17;

    // A pyramid of three pictures: with the window it finds displacements of up to some 30 px.
    private const int Levels = 2;

    private static readonly TermCriteria s_criteria = new(CriteriaTypes.Count | CriteriaTypes.Eps, 10, 0.03);

    // Clips side by side use the cores, a thread each; the flow's own threads would only get in their way.
    static OpenCvPointTracker() => Cv2.SetNumThreads(1);

    private Mat _current = new();
    private Mat _before = new();
    private readonly Mat _found = new();
    private readonly Mat _errors = new();

    public void Push(ReadOnlySpan<byte> gray, int width, int height)
    {
        (_current, _before) = (_before, _current);
        _current.Create(height, width, MatType.CV_8UC1);
        gray.CopyTo(Bytes(_current, width * height));
    }

    public void Track(ReadOnlySpan<Vector2> points, Span<Vector2> before, Span<bool> found)
    {
        found.Clear();
        if (points.IsEmpty || _before.Empty() || _before.Size() != _current.Size())
            return;
        unsafe
        {
            fixed (Vector2* from = points, to = before)
            {
                using var source = Mat.FromPixelData(points.Length, 1, MatType.CV_32FC2, (nint)from);
                using var target = Mat.FromPixelData(points.Length, 1, MatType.CV_32FC2, (nint)to);
                Cv2.CalcOpticalFlowPyrLK(_current, _before, source, target, _found, _errors, new Size(Window, Window), Levels, s_criteria);
            }
        }

        var ok = Bytes(_found, points.Length);
        for (var i = 0; i < ok.Length; i++)
            found[i] = ok[i] != 0;
    }

    public void Dispose()
    {
        _current.Dispose();
        _before.Dispose();
        _found.Dispose();
        _errors.Dispose();
    }

    private static Span<byte> Bytes(Mat mat, int length) => MemoryMarshal.CreateSpan(ref mat.At<byte>(0, 0), length);
}
