using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>
/// Ends the process at once, as a kill does. Not <see cref="Environment.Exit"/>, whose handlers could wait for
/// what hangs. Not <see cref="Environment.FailFast(string)"/>, which may leave a memory dump with secrets in it.
/// </summary>
internal static partial class ForcedExit
{
    // What hangs may be the reader of standard error.
    private static readonly TimeSpan s_mostForLine = TimeSpan.FromSeconds(2);

    /// <param name="code">The exit code; Windows does not let it be chosen.</param>
    /// <param name="line">Written to standard error first.</param>
    public static void Now(int code, string line)
    {
        var saying = new Thread(() => Say(line)) { IsBackground = true };
        saying.Start();
        saying.Join(s_mostForLine);
        if (OperatingSystem.IsWindows())
            Process.GetCurrentProcess().Kill();
        else
            Exit(code);
    }

    /// <summary>Bypasses <see cref="Console"/>, whose lock another thread may hold forever.</summary>
    private static void Say(string line)
    {
        using var error = Console.OpenStandardError();
        error.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Exit(int code);
}
