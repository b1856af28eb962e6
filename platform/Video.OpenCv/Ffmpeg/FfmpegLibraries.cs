using System.Reflection;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Siaga.Video.OpenCv.Ffmpeg;

/// <summary>
/// The system's FFmpeg 5 (Debian 12: libavformat59, libswscale6). Fields of its structures are read at offsets that hold only for these
/// major versions of its libraries, so no other version is ever loaded.
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

    /// <summary>Whether all four libraries are installed and the offsets hold for this processor.</summary>
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

        // Damaged clips are expected and get their own answer; the library's messages on standard error would only be noise.
        Native.SetLogLevel(Native.LogQuiet);
        return true;
    }
}
