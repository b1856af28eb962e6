using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;
using OpenCvSharp.Internal;
using OpenCvSharp.Internal.Vectors;
using Siaga.Scenes.Motion;

namespace Siaga.Scenes.OpenCv;

/// <summary>Tracks points with OpenCV's pyramidal Lucas–Kanade optical flow.</summary>
public sealed class OpenCvPointTracker : IPointTracker
{
    // Side in pixels; 9 to 21 were tried. Large enough to contain a person's outline, small enough to stay on one person.
    private const int Window = 17;

    // Three pyramid levels (0 to 2): with this window they find displacements of up to about 30 px.
    private const int Levels = 2;

    // OpenCV's default: a window below it is too flat to be found again.
    private const double LeastEigenvalue = 1e-4;

    private static readonly Size s_window = new(Window, Window);
    private static readonly TermCriteria s_criteria = new(CriteriaTypes.Count | CriteriaTypes.Eps, 10, 0.03);

    // The Worker analyses clips in parallel, one thread each; threads inside the optical flow would only compete with them.
    static OpenCvPointTracker() => Cv2.SetNumThreads(1);

    private readonly Mat _found = new();
    private readonly Mat _errors = new();
    private Pyramid _current = new();
    private Pyramid _before = new();

    public void Push(ReadOnlySpan<byte> gray, int width, int height)
    {
        (_current, _before) = (_before, _current);
        _current.Take(gray, width, height);
    }

    public void Track(ReadOnlySpan<Vector2> points, Span<Vector2> before, Span<bool> found)
    {
        found.Clear();
        if (points.IsEmpty || _before.Size != _current.Size)
            return;
        unsafe
        {
            fixed (Vector2* from = points, to = before)
            {
                using Mat source = Mat.FromPixelData(points.Length, 1, MatType.CV_32FC2, (nint)from),
                    target = Mat.FromPixelData(points.Length, 1, MatType.CV_32FC2, (nint)to);
                using InputArray sought = source;
                using InputOutputArray there = target;
                using OutputArray state = _found, errors = _errors;
                NativeMethods.HandleException(NativeMethods.video_calcOpticalFlowPyrLK_InputArray(
                    _current.Build(), _before.Build(), sought.CvPtr, there.CvPtr, state.CvPtr, errors.CvPtr, s_window, Levels, s_criteria,
                    0, LeastEigenvalue));
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

    /// <summary>
    /// A frame's image pyramid with gradients. Built once although each frame is used twice, and only where something is tracked.
    /// </summary>
    /// <remarks>
    /// Calls OpenCV below the binding's own methods: those copy a pyramid, and pass the copy to OpenCV after they have freed it.
    /// </remarks>
    private sealed class Pyramid : IDisposable
    {
        private readonly Mat _picture = new();
        private readonly VectorOfMat _levels = new();
        private readonly nint _pointer;
        private bool _isBuilt;

        public Pyramid() => NativeMethods.HandleException(NativeMethods.core_InputArray_new_byVectorOfMat(_levels.CvPtr, out _pointer));

        public Size Size => _picture.Size();

        public void Take(ReadOnlySpan<byte> gray, int width, int height)
        {
            _isBuilt = false;
            _picture.Create(height, width, MatType.CV_8UC1);
            gray.CopyTo(Bytes(_picture, width * height));
        }

        /// <returns>OpenCV's input array; valid as long as this object.</returns>
        public nint Build()
        {
            if (_isBuilt)
                return _pointer;
            using InputArray picture = _picture;
            NativeMethods.HandleException(NativeMethods.video_buildOpticalFlowPyramid2(
                picture.CvPtr, _levels.CvPtr, s_window, Levels, 1, (int)BorderTypes.Reflect101, (int)BorderTypes.Constant, 0, out _));
            _isBuilt = true;
            return _pointer;
        }

        public void Dispose()
        {
            NativeMethods.HandleException(NativeMethods.core_InputArray_delete(_pointer));
            _levels.Dispose();
            _picture.Dispose();
        }
    }
}
