using System.Text;
using Siaga.Inference;

namespace Siaga.Tests.Keras;

/// <summary>Files of NumPy, byte by byte: every kind of number, every version of the format, and what is refused.</summary>
public sealed class NumpyFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"siaga-{Guid.NewGuid():N}.npy");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("<f2", "003c00c0", 1, -2)]
    [InlineData(">f2", "3c00c000", 1, -2)]
    [InlineData("<f4", "0000803f000000c0", 1, -2)]
    [InlineData(">f4", "3f800000c0000000", 1, -2)]
    [InlineData("<f8", "000000000000f03f00000000000000c0", 1, -2)]
    [InlineData(">f8", "3ff0000000000000c000000000000000", 1, -2)]
    [InlineData("|i1", "7f80", 127, -128)]
    [InlineData("|u1", "80ff", 128, 255)]
    [InlineData("|b1", "0100", 1, 0)]
    [InlineData("<i2", "ff7f0080", 32_767, -32_768)]
    [InlineData(">i2", "7fff8000", 32_767, -32_768)]
    [InlineData("<u2", "0080ffff", 32_768, 65_535)]
    [InlineData("<i4", "01000000ffffffff", 1, -1)]
    [InlineData("<u4", "00000080ffffffff", 2_147_483_648, 4_294_967_295)]
    [InlineData("<i8", "0100000000000000ffffffffffffffff", 1, -1)]
    [InlineData(">i8", "0000000000000001ffffffffffffffff", 1, -1)]
    [InlineData("<u8", "0000000000000080ffffffffffffffff", 9_223_372_036_854_775_808, 18_446_744_073_709_551_615)]
    public void Every_kind_of_number_is_read(string type, string values, double first, double second)
    {
        var tensor = Read(Header(type, "2,"), Convert.FromHexString(values));
        Assert.Equal([2], tensor.Shape);
        Assert.Equal((float[])[(float)first, (float)second], tensor.Values.ToArray());
    }

    [Theory]
    [InlineData("", 1, new int[0])]
    [InlineData("3,", 3, new[] { 3 })]
    [InlineData("2, 3", 6, new[] { 2, 3 })]
    [InlineData("0, 3", 0, new[] { 0, 3 })]
    public void A_shape_has_any_number_of_dimensions(string text, int count, int[] shape)
    {
        var tensor = Read(Header("<f4", text), new byte[4 * count]);
        Assert.Equal(shape, tensor.Shape);
        Assert.Equal(count, tensor.Values.Length);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Versions_1_to_3_are_read(int version, bool isRead)
    {
        var header = Header("<f4", "1,", (byte)version);
        if (isRead)
            Assert.Equal((float[])[1], Read(header, [0, 0, 0x80, 0x3f]).Values.ToArray());
        else
            Assert.StartsWith($"The .npy file has version {version};", Refused(header, [0, 0, 0x80, 0x3f]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<c8", "1,", 8, "The .npy file holds 'c8'")]
    [InlineData("<f3", "1,", 3, "The .npy file holds 'f3'")]
    [InlineData("<f4", "2,", 7, "The .npy file should hold 2 numbers of 4 bytes, and holds 7 bytes.")]
    [InlineData("<f4", "2,", 9, "The .npy file should hold 2 numbers of 4 bytes, and holds 9 bytes.")]
    [InlineData("<f4", "99999, 99999", 4, "The .npy file should hold")]
    [InlineData("<f4", "99999999999,", 4, "The .npy file's shape cannot be read.")]
    [InlineData("<f4", "1 2,", 4, "The .npy file's shape cannot be read.")]
    [InlineData("<f4", "-1,", 4, "The .npy file's header cannot be read.")]
    [InlineData("f", "1,", 4, "The .npy file's header cannot be read.")]
    public void What_is_no_array_of_numbers_is_refused(string type, string shape, int bytes, string why) =>
        Assert.StartsWith(why, Refused(Header(type, shape), new byte[bytes]), StringComparison.Ordinal);

    [Fact]
    public void Columns_first_is_refused_and_says_what_to_do() => Assert.Contains(
        "numpy.ascontiguousarray",
        Refused(Wrapped("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", 1), new byte[4]),
        StringComparison.Ordinal);

    [Fact]
    public void What_is_no_file_of_numpy_or_ends_in_its_header_is_refused()
    {
        Assert.Equal("This is not a .npy file.", Refused([], []));
        Assert.Equal("This is not a .npy file.", Refused(Header("<f4", "1,")[..11], []));
        Assert.Equal("This is not a .npy file.", Refused(Encoding.ASCII.GetBytes("PK, another archive"), []));
        Assert.Equal("The .npy file's header is truncated or too long.", Refused(Header("<f4", "1,")[..^1], []));
    }

    [Fact]
    public void A_file_that_is_missing_is_named()
    {
        var missing = _file + ".none";
        var refusal = Assert.Throws<InferenceException>(() => NumpyFile.Read(missing));
        Assert.StartsWith($"{missing} cannot be read: ", refusal.Message, StringComparison.Ordinal);
    }

    private static byte[] Header(string type, string shape, byte version = 1) =>
        Wrapped($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}\n", version);

    private static byte[] Wrapped(string header, byte version)
    {
        // The header's length has two bytes in version 1, and four since.
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.ASCII.GetBytes(header)];
    }

    private Tensor Read(byte[] header, byte[] values)
    {
        File.WriteAllBytes(_file, [.. header, .. values]);
        return NumpyFile.Read(_file);
    }

    private string Refused(byte[] header, byte[] values) => Assert.Throws<InferenceException>(() => Read(header, values)).Message;
}
