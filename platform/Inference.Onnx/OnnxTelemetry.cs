using System.Runtime.InteropServices;

namespace Siaga.Inference.Onnx;

/// <summary>
/// Keeps ONNX Runtime from reporting to its maker. The builds of its package do so unless <c>ORT_DISABLE_TELEMETRY</c> is set: they upload
/// which models run on what machine, and leave a device's identity in the home folder.
/// </summary>
/// <remarks>
/// The library reads the variable once, when it is first used, from the environment that native code sees. On Unix .NET keeps a copy of the
/// environment and <see cref="Environment.SetEnvironmentVariable(string, string?)"/> changes that copy alone, so libc's own call is needed.
/// The API's <c>DisableTelemetryEvents</c> comes too late: by then there are files, and a first event is on its way.
/// </remarks>
public static partial class OnnxTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";
    private const string Off = "1";
    private const int Overwrite = 1;

    /// <summary>
    /// Whatever the environment says: no installation can report by accident. The first act of <c>Main</c>, as libc's environment may not
    /// be changed while other threads read it. Safe to repeat.
    /// </summary>
    /// <exception cref="InvalidOperationException">The system refuses: no model may be loaded.</exception>
    public static void TurnOff()
    {
        // For processes that this one starts, and for Windows, where native code sees it too.
        Environment.SetEnvironmentVariable(Variable, Off);
        if (!OperatingSystem.IsWindows() && SetNative(Variable, Off, Overwrite) != 0)
            throw new InvalidOperationException($"{Variable} cannot be set (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>A program that forgot <see cref="TurnOff"/> is to fail at its first model, not to report.</summary>
    /// <exception cref="InvalidOperationException">It was not called.</exception>
    internal static void RequireOff()
    {
        var seen = OperatingSystem.IsWindows()
            ? Environment.GetEnvironmentVariable(Variable)
            : Marshal.PtrToStringUTF8(GetNative(Variable));
        if (seen != Off)
            throw new InvalidOperationException($"{nameof(OnnxTelemetry)}.{nameof(TurnOff)} has to be the first act of Main.");
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNative(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetNative(string name);
}
