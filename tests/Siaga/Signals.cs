using System.Runtime.InteropServices;

namespace Siaga.Tests.Siaga;

internal static partial class Signals
{
    /// <returns>0, or -1 if there is no such process.</returns>
    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Send(int process, int signal);
}
