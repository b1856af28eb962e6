using System.Runtime.InteropServices;

namespace Siaga.Inference.Onnx;

/// <summary>
/// Stops ONNX Runtime from sending telemetry to its vendor. The builds in its package do so unless <c>ORT_DISABLE_TELEMETRY</c> is set:
/// they upload which models run on which machine, and store a device id in the home folder.
/// </summary>
/// <remarks>
/// The library reads the variable once, at first use, from the native environment. On Unix .NET keeps its own copy of the environment, and
/// <see cref="Environment.SetEnvironmentVariable(string, string?)"/> changes only that copy, so libc's own call is needed. The API's
/// <c>DisableTelemetryEvents</c> comes too late: by then files exist and a first event is on its way.
/// </remarks>
public static partial class OnnxTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";
    private const string Off = "1";
    private const int Overwrite = 1;

    /// <summary>
    /// Turns telemetry off, whatever the environment says, so that no installation can report by accident. Call it first in <c>Main</c>:
    /// libc's environment may not be changed while other threads read it. Safe to repeat.
    /// </summary>
    /// <exception cref="InvalidOperationException">The system refused; no model may be loaded.</exception>
    public static void TurnOff()
    {
        // For child processes, and for Windows, where native code sees it too.
        Environment.SetEnvironmentVariable(Variable, Off);
        if (!OperatingSystem.IsWindows() && SetNative(Variable, Off, Overwrite) != 0)
            throw new InvalidOperationException($"{Variable} cannot be set (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>Makes a program that forgot <see cref="TurnOff"/> fail at its first model instead of sending telemetry.</summary>
    /// <exception cref="InvalidOperationException"><see cref="TurnOff"/> was not called.</exception>
    internal static void RequireOff()
    {
        var seen = OperatingSystem.IsWindows()
            ? Environment.GetEnvironmentVariable(Variable)
            : Marshal.PtrToStringUTF8(GetNative(Variable));
        if (seen != Off)
            throw new InvalidOperationException($"{nameof(OnnxTelemetry)}.{nameof(TurnOff)} must be called first in Main.");
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNative(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetNative(string name);
}
