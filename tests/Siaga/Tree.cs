using Xunit.Sdk;

namespace Siaga.Tests.Siaga;

/// <summary>Paths inside the repository and of external data.</summary>
internal static class Tree
{
    public static string Root { get; } = FindRoot();

    /// <summary>The command: the published one that the environment names, which starts faster, or the one just built.</summary>
    public static string Siaga { get; } = Environment.GetEnvironmentVariable("SIAGA_TESTED") is { Length: > 0 } published
        ? published
        : Path.Combine(Root, "apps", "Siaga", "bin", "Release", "net10.0", OperatingSystem.IsWindows() ? "siaga.exe" : "siaga");

    public static string Model { get; } = Path.Combine(Root, "samples", "model.h5");

    public static IReadOnlyList<string> Clips { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "samples", "clips")).Order(StringComparer.Ordinal)];

    /// <summary>A sample in which the model finds an anomaly.</summary>
    public static string Anomaly => Path.Combine(Root, "samples", "clips", "brawl-at-the-gate.mp4");

    /// <summary>A folder of real-world data.</summary>
    /// <exception cref="SkipException">The data is not available, so the test is skipped by name.</exception>
    public static string Real(string name)
    {
        var root = Environment.GetEnvironmentVariable("SIAGA_REAL_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "SIAGA_REAL_DATA is not set");
        return Path.Combine(root!, name);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Siaga.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run inside the repository.");
        return folder.FullName;
    }
}
