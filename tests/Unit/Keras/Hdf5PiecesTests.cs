using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Siaga.Keras.Hdf5;

namespace Siaga.Tests.Unit.Keras;

/// <summary>The pieces of which HDF5 files are made. Whole files are in tests/Keras.</summary>
public sealed class Hdf5PiecesTests
{
    [Theory]
    [InlineData("", 0xdeadbeef)]
    [InlineData("Four score and seven years ago", 0x17770551)]
    public void A_structure_s_checksum_is_lookup3(string text, uint checksum) =>
        Assert.Equal(checksum, Checksum.Lookup3(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_structure_that_was_changed_does_not_match() => Gen.Byte.Array[0, 40].Sample(bytes =>
    {
        byte[] block = [.. bytes, .. BitConverter.GetBytes(Checksum.Lookup3(bytes))];
        Checksum.Check(block, "a block");
        block[^1] ^= 1;
        return Record.Exception(() => Checksum.Check(block, "a block")) is Hdf5Exception;
    });

    [Theory]
    [InlineData(new byte[0], 0)]
    [InlineData(new byte[] { 1, 2 }, 0x01020102)]
    [InlineData(new byte[] { 1, 2, 3 }, 0x05040402)]
    [InlineData(new byte[] { 255, 255 }, 0xffffffff)]
    public void A_chunk_s_checksum_is_fletcher32(byte[] bytes, uint checksum) => Assert.Equal(checksum, Checksum.Fletcher32(bytes));

    [Fact]
    public void Numbers_are_read_in_little_endian_and_never_beyond_the_end() => Gen.ULong.Sample(value =>
    {
        var bytes = BitConverter.GetBytes(value);
        return new Cursor(bytes, "a").U64() == value && new Cursor(bytes, "a").Unsigned(8) == value
            && new Cursor(bytes, "a").Unsigned(3) == (value & 0xffffff) && new Cursor(bytes, "a").U16() == (ushort)value
            && Record.Exception(() => new Cursor(bytes, "a").Take(9).Length) is Hdf5Exception
            && Record.Exception(() => new Cursor(bytes, "a").Unsigned(9)) is Hdf5Exception;
    });

    [Fact]
    public void A_structure_begins_with_its_signature_and_a_known_version()
    {
        new Cursor("FRHP\u0001"u8, "a heap").Expect("FRHP"u8, 1);
        Assert.Throws<Hdf5Exception>(() => new Cursor("FRHQ\u0001"u8, "a heap").Expect("FRHP"u8, 1));
        Assert.Throws<Hdf5Exception>(() => new Cursor("FRHP\u0002"u8, "a heap").Expect("FRHP"u8, 1));
    }

    [Fact]
    public void Filters_are_undone_in_reverse() => Gen.Byte.Array[16].Sample(bytes =>
    {
        byte[] mixed = [.. Enumerable.Range(0, 4).SelectMany(b => Enumerable.Range(0, 4).Select(i => bytes[(4 * i) + b]))];
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(mixed);
        var filters = Filters.Read([2, 2, 2, 0, 0, 0, 1, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
        return filters.Any && filters.Undo(packed.ToArray(), 0, 16).SequenceEqual(bytes)
            && filters.Undo(mixed, skipped: 0b10, 16).SequenceEqual(bytes) && filters.Undo(bytes, skipped: 0b11, 16).SequenceEqual(bytes);
    });

    [Fact]
    public void A_chunk_that_does_not_match_or_is_too_short_is_damaged()
    {
        var filters = Filters.Read([2, 1, 3, 0, 0, 0, 0, 0]);
        byte[] chunk = [1, 2, 3, 4, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(4), Checksum.Fletcher32(chunk.AsSpan(0, 4)));
        Assert.Equal([1, 2, 3, 4], filters.Undo(chunk, 0, 4));
        Assert.Throws<Hdf5Exception>(() => filters.Undo(chunk, 0, 5));
        chunk[0] ^= 1;
        Assert.Throws<Hdf5Exception>(() => filters.Undo(chunk, 0, 4));
        Assert.Throws<Hdf5Exception>(() => Filters.Read([2, 1, 4, 0, 0, 0, 0, 0]));
        Assert.Throws<Hdf5Exception>(() => Filters.Read([3, 0]));
        Assert.Throws<Hdf5Exception>(() => Filters.Read([2, 33]));
    }

    [Theory]
    [InlineData(1, 1032, true)]
    [InlineData(1, 1033, false)]
    public void A_chunk_cannot_unpack_to_more_than_deflate_can(ulong stored, ulong size, bool isBelieved) =>
        Assert.Equal(isBelieved, Filters.Read([2, 1, 1, 0, 0, 0, 0, 0]).Believes(stored, size, 0));

    [Fact]
    public void A_chunk_without_deflate_is_as_long_as_it_says()
    {
        Assert.True(Filters.None.Believes(16, 16, 0));
        Assert.False(Filters.None.Believes(15, 16, 0));
        Assert.True(Filters.Read([2, 1, 3, 0, 0, 0, 0, 0]).Believes(20, 16, 0));
        Assert.True(Filters.Read([2, 1, 3, 0, 0, 0, 0, 0]).Believes(16, 16, skipped: 1));
    }

    [Fact]
    public void A_dataspace_has_its_dimensions_and_as_many_elements()
    {
        var space = Dataspace.Read([2, 2, 1, 1, .. Eight(3), .. Eight(4), .. Eight(ulong.MaxValue), .. Eight(4)]);
        Assert.Equal([3, 4], space.Dimensions);
        Assert.Equal([ulong.MaxValue, 4], space.Largest);
        Assert.Equal(12, space.Count);
        Assert.Equal(1, Dataspace.Read([2, 0, 0, 0]).Count);
        Assert.Equal(0, Dataspace.Read([2, 0, 0, 2]).Count);
        Assert.Equal(0, Dataspace.Read([2, 1, 0, 1, .. Eight(0)]).Count);
    }

    [Fact]
    public void A_dataspace_that_no_memory_holds_is_refused()
    {
        Assert.Throws<Hdf5Exception>(() => Dataspace.Read([2, 1, 0, 1, .. Eight((ulong)int.MaxValue + 1)]));
        Assert.Throws<Hdf5Exception>(
            () => Dataspace.Read([2, 3, 0, 1, .. Eight(int.MaxValue), .. Eight(int.MaxValue), .. Eight(int.MaxValue)]));
        Assert.Throws<Hdf5Exception>(() => Dataspace.Read([2, 33, 0, 1]));
        Assert.Throws<Hdf5Exception>(() => Dataspace.Read([3, 0, 0, 1]));
    }

    private static byte[] Eight(ulong value) => BitConverter.GetBytes(value);
}
