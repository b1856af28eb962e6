using System.Diagnostics;
using System.Text;

namespace Siaga.Video.OpenCv;

/// <summary>
/// For tests of what becomes of a clip on which a native decoder crashes: where the environment names a mark in <c>SIAGA_TEST_POISON</c>, a clip
/// that ends with it ends the process, as a crash in native code or the kernel's want of memory would. Without it nothing is looked at.
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
