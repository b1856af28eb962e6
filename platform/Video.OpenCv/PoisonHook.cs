using System.Diagnostics;
using System.Text;

namespace Siaga.Video.OpenCv;

/// <summary>
/// For tests of clips that crash a native decoder: when the environment variable <c>SIAGA_TEST_POISON</c> holds a mark, a clip that ends
/// with it ends the process, as a crash in native code or the kernel's out-of-memory killer would. Otherwise it does nothing.
/// </summary>
internal static class PoisonHook
{
    private static readonly byte[] s_mark = Encoding.ASCII.GetBytes(Environment.GetEnvironmentVariable("SIAGA_TEST_POISON") ?? "");

    public static void Look(string path)
    {
        if (s_mark.Length == 0)
            return;
        var end = new byte[s_mark.Length];
        using var file = File.OpenRead(path);
        if (file.Length < end.Length)
            return;
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        if (end.AsSpan().SequenceEqual(s_mark))
            Process.GetCurrentProcess().Kill();
    }
}
