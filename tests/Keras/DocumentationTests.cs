using System.Text;
using Siaga.Keras.Layers;
using Siaga.Keras.Operations;

namespace Siaga.Tests.Keras;

/// <summary>docs/keras.md lists exactly what the code supports.</summary>
public sealed class DocumentationTests
{
    private const string Start = "<!-- layers -->\n";
    private const string End = "<!-- /layers -->";

    [Fact]
    public void The_table_of_supported_layers_is_the_codes()
    {
        var file = Path.Combine(Root(), "docs", "keras.md");
        var text = File.ReadAllText(file);
        var (start, end) = (text.IndexOf(Start, StringComparison.Ordinal) + Start.Length, text.IndexOf(End, StringComparison.Ordinal));
        var written = text[..start] + Table() + text[end..];
        if (Environment.GetEnvironmentVariable("SIAGA_WRITE_DOCS") == "1")
            File.WriteAllText(file, written);
        Assert.Equal(written, File.ReadAllText(file));
    }

    private static string Table()
    {
        var table = new StringBuilder("\n| family | layers |\n|---|---|\n");
        foreach (var family in Layer.Supported.GroupBy(l => Family(l.Value.GetType()), StringComparer.Ordinal).OrderBy(
            g => g.Key, StringComparer.Ordinal))
            table.Append($"| {family.Key} | {Names(family.Select(l => l.Key))} |\n");
        table.Append($"| operations of `keras.ops` | {Names(OperationTable.Names)} |\n");
        table.Append($"| TensorFlow functions between layers | {Names(TensorFlowOperationLayer.Functions.Keys)} |\n\n");
        return table.ToString();
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal).Select(n => $"`{n}`"));

    /// <summary>The class name in words: TransposedConvolutionLayer is "transposed convolution".</summary>
    private static string Family(Type type)
    {
        var name = type.Name.EndsWith("Layer", StringComparison.Ordinal) ? type.Name[..^5] : type.Name;
        return string.Concat(name.Select(
            (c, i) =>
                i > 0 && char.IsUpper(c) && !char.IsUpper(name[i - 1]) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Siaga.slnx")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
