using System.Text.RegularExpressions;

namespace Siaga.Tests.Network;

/// <summary>The only files that a job may make in the home and temporary folders, each by name and with its reason.</summary>
internal static partial class KnownFiles
{
    public static bool Contains(string file) => Debugging().IsMatch(file) || Clips().IsMatch(file);

    // .NET's: the doors of a living process for debuggers and profilers, which listen on this machine only; gone at its end.
    [GeneratedRegex(
        "^/tmp/own/(clr-debug-pipe-[0-9]+-[0-9]+-(in|out)|dotnet-diagnostic-[0-9]+-[0-9]+-socket)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Debugging();

    // Ours: a worker's clips in hand and the copies it makes of them, each only while it is worked on.
    [GeneratedRegex("^/tmp/own/siaga-clips-[0-9a-f]{32}(/[^/]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Clips();
}
