using System.Runtime.InteropServices;

namespace Siaga.Video.OpenCv;

/// <summary>
/// Silences OpenCV and its bundled FFmpeg. Damaged clips are expected and get their own answer; the libraries' messages on standard error
/// would only be noise.
/// </summary>
/// <remarks>
/// The libraries read these variables from the native environment. On Unix .NET keeps its own copy of the environment, and
/// <see cref="Environment.SetEnvironmentVariable(string, string?)"/> changes only that copy, so libc's own call is needed. OpenCV has no
/// other way to silence its FFmpeg: it sets the level anew with each clip.
/// </remarks>
public static partial class OpenCvMessages
{
    private const int Keep = 0;

    /// <summary>
    /// Turns messages off, unless the environment says otherwise. Call it early in <c>Main</c>: libc's environment may not be changed while
    /// other threads read it. Safe to repeat.
    /// </summary>
    public static void TurnOff()
    {
        Set("OPENCV_LOG_LEVEL", "OFF");
        Set("OPENCV_FFMPEG_LOGLEVEL", "-8");
    }

    private static void Set(string name, string value)
    {
        if (OperatingSystem.IsWindows())
            Environment.SetEnvironmentVariable(name, Environment.GetEnvironmentVariable(name) ?? value);
        else
            _ = SetNative(name, value, Keep);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNative(string name, string value, int overwrite);
}
