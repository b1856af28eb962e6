using System.Text.RegularExpressions;

namespace Siaga.Tests.Network;

/// <summary>The only files that a job may create in the home and temporary folders, each with a reason.</summary>
internal static partial class KnownFiles
{
    public static bool Contains(string file) => Debugging().IsMatch(file) || Clips().IsMatch(file);

    // .NET: sockets for debuggers and profilers, which listen on this machine only and are removed when the process ends.
    [GeneratedRegex(
        "^/tmp/own/(clr-debug-pipe-[0-9]+-[0-9]+-(in|out)|dotnet-diagnostic-[0-9]+-[0-9]+-socket)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Debugging();

    // Ours: the clips that a worker is analysing and the copies that it makes, each only while it is in use.
    [GeneratedRegex("^/tmp/own/siaga-clips-[0-9a-f]{32}(/[^/]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Clips();
}
