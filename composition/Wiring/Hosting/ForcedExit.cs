using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>
/// Ends the process where it stands, as a kill does. Not <see cref="Environment.Exit"/>, whose handlers would wait for what hangs; not
/// <see cref="Environment.FailFast(string)"/>, which may leave an image of the memory, secrets included.
/// </summary>
internal static partial class ForcedExit
{
    // What hangs may be whoever reads standard error.
    private static readonly TimeSpan s_mostForLine = TimeSpan.FromSeconds(2);

    /// <param name="code">The exit code, where the system lets it be chosen: not on Windows.</param>
    /// <param name="line">Said on standard error.</param>
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

    /// <summary>Past <see cref="Console"/>, whose lock another thread may hold for ever.</summary>
    private static void Say(string line)
    {
        using var error = Console.OpenStandardError();
        error.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Exit(int code);
}
