using System.IO.Compression;
using PureHDF;
using Siaga.Keras.Containers;
using Siaga.Keras.Hdf5;

namespace Siaga.Tests.Keras;

/// <summary>Reads every available model file with our reader and another one, and compares every array and every string.</summary>
public sealed class Hdf5OracleTests
{
    private static readonly string s_fixtures = Path.Combine(AppContext.BaseDirectory, "fixtures");
    private static readonly string? s_real = Environment.GetEnvironmentVariable("SIAGA_REAL_DATA");

    public static IEnumerable<TheoryDataRow<string>> Fixtures =>
        Directory.EnumerateFiles(s_fixtures).Where(f => Path.GetExtension(f) is ".h5" or ".keras")
            .Select(f => new TheoryDataRow<string>(Path.GetFileName(f)));

    public static IEnumerable<TheoryDataRow<string>> RealModels => string.IsNullOrEmpty(s_real)
        ? [new TheoryDataRow<string>("") { Skip = "SIAGA_REAL_DATA is not set: the real models are not here." }]
        : Directory.EnumerateFiles(Path.Combine(s_real, "h5")).Select(f => new TheoryDataRow<string>(Path.GetFileName(f)));

    [Theory]
    [MemberData(nameof(Fixtures), DisableDiscoveryEnumeration = true)]
    public void A_fixture_reads_as_another_reader_reads_it(string file) => AssertAgree(Path.Combine(s_fixtures, file));

    [Theory]
    [MemberData(nameof(RealModels), DisableDiscoveryEnumeration = true)]
    public void A_real_file_reads_as_another_reader_reads_it(string file) => AssertAgree(Path.Combine(s_real!, "h5", file));

    private static void AssertAgree(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().StartsWith("PK"u8))
        {
            using var zip = ZipFile.OpenRead(path);
            using var entry = zip.GetEntry("model.weights.h5")!.Open();
            using var unpacked = new MemoryStream();
            entry.CopyTo(unpacked);
            bytes = unpacked.ToArray();
        }

        using var ours = new Hdf5File(RawBytes.Of(bytes));
        using var theirs = H5File.Open(new MemoryStream(bytes));
        foreach (var text in theirs.Attributes().Where(a => a.Name is "model_config" or "keras_version" or "backend"))
            Assert.Equal(text.Read<string>(), ours.Text(text.Name));
        Assert.True(Compare(ours, theirs, "") > 0);
    }

    /// <returns>How many items were compared; some models have no weights.</returns>
    private static int Compare(Hdf5File ours, IH5Group group, string path)
    {
        var compared = 0;
        foreach (var list in group.Attributes().Where(a => a.Name is "layer_names" or "weight_names"))
        {
            IEnumerable<string> names = list.Space.Dimensions is [0] ? [] : list.Read<string[]>().Select(n => n.TrimEnd('\0'));
            Assert.Equal(names, ours.Names(path, list.Name));
            compared++;
        }

        foreach (var child in group.Children())
        {
            var at = path.Length == 0 ? child.Name : $"{path}/{child.Name}";
            Assert.True(ours.Has(at));
            Assert.False(ours.Has($"{at}/nothing"));
            compared++;
            if (child is IH5Group inner)
            {
                compared += Compare(ours, inner, at);
            }
            else if (child is IH5Dataset { Type.Class: H5DataTypeClass.FloatingPoint or H5DataTypeClass.FixedPoint } data)
            {
                var array = ours.Array(at, at);
                Assert.Equal(data.Space.Dimensions.Select(d => (int)d), array.Shape);
                Assert.Equal(Values(data), array.Values);
            }
        }

        return compared;
    }

    private static float[] Values(IH5Dataset data) => (data.Type.Class, data.Type.Size) switch
    {
        (H5DataTypeClass.FloatingPoint, 4) => data.Space.Dimensions.Length == 0 ? [data.Read<float>()] : data.Read<float[]>(),
        (H5DataTypeClass.FloatingPoint, 2) => [.. data.Read<Half[]>().Select(v => (float)v)],
        (H5DataTypeClass.FloatingPoint, _) =>
            [.. data.Space.Dimensions.Length == 0 ? [(float)data.Read<double>()] : data.Read<double[]>().Select(v => (float)v)],
        (_, 8) => [.. data.Space.Dimensions.Length == 0 ? [(float)data.Read<long>()] : data.Read<long[]>().Select(v => (float)v)],
        (_, 4) => [.. data.Space.Dimensions.Length == 0 ? [(float)data.Read<int>()] : data.Read<int[]>().Select(v => (float)v)],
        var (type, size) => throw new NotSupportedException($"{type} of {size} bytes"),
    };
}
