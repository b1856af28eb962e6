using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Siaga.Tests.Architecture;

/// <summary>The projects of the repository and their references, read from the project files.</summary>
internal static class Tree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Each project folder, relative to the root with forward slashes, with the folders that it references.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Projects { get; } = ReadProjects();

    public static XDocument Load(string project) => XDocument.Load(Directory.GetFiles(Path.Combine(Root, project), "*.csproj").Single());

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    private static Dictionary<string, IReadOnlyList<string>> ReadProjects()
    {
        var files = Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));
        return files.ToDictionary(Folder, References, StringComparer.Ordinal);
    }

    private static string Folder(string file) => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!).Replace('\\', '/');

    private static IReadOnlyList<string> References(string file) =>
    [
        .. XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Folder(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, r.Attribute("Include")!.Value)))),
    ];
}
