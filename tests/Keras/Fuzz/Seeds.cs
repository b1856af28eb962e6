namespace Siaga.Tests.Keras.Fuzz;

/// <summary>The files to mutate, in an order that never changes.</summary>
internal static class Seeds
{
    private static readonly Lazy<IReadOnlyList<Seed>> s_all = new(() =>
        [.. Files("fixtures").Concat(Files("hdf5")).Select(p => new Seed(Path.GetFileName(p), File.ReadAllBytes(p)))]);

    public static IReadOnlyList<Seed> All => s_all.Value;

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, folder))
        .Where(f => Path.GetExtension(f) is ".h5" or ".keras").Order(StringComparer.Ordinal);
}

internal sealed record Seed(string Name, byte[] Bytes)
{
    public bool IsArchive => Bytes.AsSpan().StartsWith("PK"u8);
}
