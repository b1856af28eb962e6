using System.Text.Json;
using Siaga.Keras;
using Siaga.Keras.Containers;
using Siaga.Keras.Hdf5;

namespace Siaga.Tests.Keras;

/// <summary>Files of every kind that the HDF5 library writes, compared with what the library reads from them.</summary>
public sealed class Hdf5Tests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "hdf5");
    private static readonly JsonElement s_expected = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(s_folder, "expected.json"))).RootElement;

    public static IEnumerable<TheoryDataRow<string>> Files => s_expected.EnumerateObject().Select(f => new TheoryDataRow<string>(f.Name));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_array_and_attribute_reads_as_the_HDF5_library_reads_it(string file)
    {
        using var reader = new Hdf5Reader(RawBytes.Of(Path.Combine(s_folder, file)));
        foreach (var array in s_expected.GetProperty(file).GetProperty("datasets").EnumerateObject())
        {
            var data = new Hdf5Dataset(reader, reader.Find(array.Name)!);
            Assert.Equal(Numbers(array.Value.GetProperty("shape")), data.Space.Dimensions.Select(d => (float)d));
            Assert.Equal(Numbers(array.Value.GetProperty("values")), data.Floats());
        }

        foreach (var attribute in s_expected.GetProperty(file).GetProperty("attributes").EnumerateObject())
        {
            var name = attribute.Name.Split('|');
            var found = reader.Find(name[0])!.Attributes[name[1]];
            if (found.Space.Count == 0)
                Assert.Equal(0, attribute.Value.GetArrayLength());
            else
                Assert.Equal(attribute.Value.EnumerateArray().Select(t => t.GetString()), Texts.Of(reader, found)!);
        }
    }

    [Theory]
    [InlineData("lzf", "model_unsupported", "the filter lzf")]
    [InlineData("scale_offset", "model_unsupported", "the filter scale-offset")]
    [InlineData("soft", "model_unsupported", "'soft' as a link to another place")]
    [InlineData("external", "model_unsupported", "'external' as a link to another place")]
    [InlineData("complex", "weights_type", "are records")]
    [InlineData("bool", "weights_type", "are an enumeration")]
    [InlineData("bfloat16", "weights_type", "floats of an unusual kind (8 bits of exponent, 7 of mantissa, in 2 bytes)")]
    [InlineData("nowhere", "weights_missing", "'nowhere' are not in the file")]
    public void What_is_not_read_is_refused_by_name(string path, string code, string says)
    {
        using var file = new Hdf5File(RawBytes.Of(Path.Combine(s_folder, "refused.h5")));
        var error = Assert.Throws<KerasException>(() => file.Array(path, path));
        Assert.Equal(code, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_cut_short_anywhere_is_refused(string file)
    {
        var whole = File.ReadAllBytes(Path.Combine(s_folder, file));
        for (var length = 0; length < whole.Length; length += 7)
        {
            var error = Assert.Throws<KerasException>(() => new Hdf5File(RawBytes.Of(whole[..length])));
            Assert.Equal("model_broken", error.Code);
        }
    }

    [Theory]
    [InlineData("model-latest.h5")]
    [InlineData("model-chunked-latest.h5")]
    [InlineData("model-chunked-v0.h5")]
    public void A_model_is_the_same_in_every_format(string file)
    {
        var original = KerasModel.Read(Path.Combine(AppContext.BaseDirectory, "fixtures", "lstm-stateful.keras2.h5"));
        Assert.Equal(original.Onnx.ToArray(), KerasModel.Read(Path.Combine(s_folder, file)).Onnx.ToArray());
    }

    [Fact]
    public void An_array_that_would_unpack_to_far_more_than_the_file_holds_is_refused()
    {
        var bytes = File.ReadAllBytes(Path.Combine(s_folder, "chunks-more-v0.h5"));
        // Enlarge the unwritten array of (4, 3) to (2^24, 3): it has only fill values, which take no space in the file.
        var shape = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[4, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
        bytes[shape] = 0;
        bytes[shape + 3] = 1;
        using var file = new Hdf5File(RawBytes.Of(bytes));
        var error = Assert.Throws<KerasException>(() => file.Array("chunks/unwritten", "w"));
        Assert.Equal("model_too_large", error.Code);
    }

    [Fact]
    public void A_structure_that_does_not_match_its_checksum_is_refused()
    {
        var bytes = File.ReadAllBytes(Path.Combine(s_folder, "layers-latest.h5"));
        bytes[bytes.AsSpan().IndexOf("OHDR"u8) + 20] ^= 1;
        var error = Assert.Throws<KerasException>(() => new Hdf5File(RawBytes.Of(bytes)));
        Assert.Contains("does not match its checksum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_groups_tree_that_leads_back_to_itself_is_refused()
    {
        var bytes = File.ReadAllBytes(Path.Combine(s_folder, "layers-v0.h5"));
        var tree = bytes.AsSpan().IndexOf("TREE"u8);
        // Set the node's level to 1 and its first child to the node itself.
        bytes[tree + 5] = 1;
        BitConverter.TryWriteBytes(bytes.AsSpan(tree + 32), (ulong)tree);
        using var file = new Hdf5File(RawBytes.Of(bytes));
        var error = Assert.Throws<KerasException>(() => file.Has("model_weights"));
        Assert.Contains("contains itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checksums_are_those_of_the_specification()
    {
        // Bob Jenkins's own test vectors.
        Assert.Equal(0xDEADBEEFu, Checksum.Lookup3([]));
        Assert.Equal(0x17770551u, Checksum.Lookup3("Four score and seven years ago"u8));
    }

    private static IEnumerable<float> Numbers(JsonElement list) => list.EnumerateArray().Select(v => v.GetSingle());
}
