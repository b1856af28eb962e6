namespace Siaga.Tests.Architecture;

/// <summary>The rule of docs/architecture.md: a project references only projects in later folders.</summary>
public sealed class FolderOrder
{
    private static readonly string[] s_rooms = ["apps", "composition", "features", "messages", "platform", "ports", "primitives"];
    private static readonly string[] s_dumpingGrounds = ["Common", "Shared", "Utils", "Utilities", "Helpers", "Core"];

    [Fact]
    public void Every_project_references_only_folders_that_sort_after_its_own()
    {
        var wrong = Tree.Projects.Where(p => s_rooms.Contains(Room(p.Key)))
            .SelectMany(p => p.Value.Where(to => !IsAllowed(p.Key, to)).Select(to => $"{p.Key} -> {to}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_rule_finds_a_reference_that_goes_up()
    {
        Assert.False(IsAllowed("platform/Web", "platform/Database"));
        Assert.False(IsAllowed("features/Anomalies", "features/Cameras"));
        Assert.False(IsAllowed("platform/Database.Sqlite", "platform/Messaging"));
        Assert.False(IsAllowed("composition/Ingestion", "composition/Wiring"));
        Assert.True(IsAllowed("platform/Database", "platform/Messaging"));
        Assert.True(IsAllowed("platform/Database.Sqlite", "platform/Database"));
        Assert.False(IsAllowed("ports", "platform/Web"));
        Assert.True(IsAllowed("apps/Siaga", "composition/Worker"));
        Assert.True(IsAllowed("features/Anomalies", "ports"));
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("ports", "primitives")]
    [InlineData("primitives")]
    public void What_the_others_speak_through_references_no_package(string project, params string[] references)
    {
        Assert.Equal(references, Tree.Projects[project]);
        Assert.Empty(Tree.Load(project).Descendants("PackageReference").Concat(Tree.Load(project).Descendants("FrameworkReference")));
    }

    [Fact]
    public void Primitives_stay_small()
    {
        Assert.True(Directory.GetFiles(Path.Combine(Tree.Root, "primitives"), "*.cs").Length <= 20);
    }

    [Fact]
    public void No_folder_is_a_dumping_ground() =>
        Assert.DoesNotContain(Tree.Projects.Keys, p => p.Split('/').Any(part => s_dumpingGrounds.Contains(part)));

    [Fact]
    public void Every_project_is_in_the_solution_and_has_its_lock_file()
    {
        var solution = File.ReadAllText(Path.Combine(Tree.Root, "Siaga.slnx"));
        Assert.All(Tree.Projects.Keys, p =>
        {
            Assert.Contains(p + "/", solution, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(Tree.Root, p, "packages.lock.json")), $"{p} has no lock file");
        });
    }

    [Fact]
    public void No_file_of_code_is_longer_than_400_lines()
    {
        var files = Tree.Projects.Keys
            .SelectMany(p => Directory.EnumerateFiles(Path.Combine(Tree.Root, p), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal));
        Assert.All(files, f => Assert.True(File.ReadLines(f).Count() <= 400, $"{f} is too long"));
    }

    private static string Room(string project) => project.Split('/')[0];

    private static bool IsAllowed(string from, string to)
    {
        if (Room(from) != Room(to))
            return string.CompareOrdinal(Room(from), Room(to)) < 0;

        // Within a folder: an adapter X.Y may reference only X, a project of platform those after
        // it, any other project none of its siblings.
        var (name, other) = (from.Split('/')[1], to.Split('/')[1]);
        if (name.Contains('.', StringComparison.Ordinal))
            return other == name[..name.IndexOf('.', StringComparison.Ordinal)];
        return Room(from) == "platform" && string.CompareOrdinal(name, other) < 0 && !other.Contains('.', StringComparison.Ordinal);
    }
}
