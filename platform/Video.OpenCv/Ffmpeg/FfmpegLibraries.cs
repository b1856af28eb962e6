using System.Reflection;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Siaga.Video.OpenCv.Ffmpeg;

/// <summary>
/// The system's FFmpeg 5 (Debian 12: libavformat59, libswscale6). Fields inside its structures are read at offsets that hold for these
/// major versions of its libraries and no others, so no other version is ever loaded.
/// </summary>
internal static class FfmpegLibraries
{
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        [Native.AvUtil] = "libavutil.so.57",
        [Native.AvCodec] = "libavcodec.so.59",
        [Native.AvFormat] = "libavformat.so.59",
        [Native.SwScale] = "libswscale.so.6",
    };

    private static readonly Lazy<bool> s_available = new(Load);

    /// <summary>All four are installed, and the processor is one whose structures the offsets are of.</summary>
    public static bool Available => s_available.Value;

    private static bool Load()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            return false;
        var handles = new Dictionary<string, nint>(StringComparer.Ordinal);
        foreach (var (name, file) in s_names)
        {
            if (!NativeLibrary.TryLoad(file, out var handle))
                return false;
            handles[name] = handle;
        }

        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => handles.GetValueOrDefault(name));

        // Damaged clips are an expected outcome with an answer of their own; the library's lines on standard error are not.
        Native.SetLogLevel(Native.LogQuiet);
        return true;
    }
}
