using CsCheck;
using Siaga.Keras.Graph;

namespace Siaga.Tests.Unit.Keras;

public sealed class WireWriterTests
{
    [Fact]
    public void A_field_is_its_tag_and_its_value() => Assert.Equal(
        [0x08, 0x96, 0x01, 0x15, 0x00, 0x00, 0x80, 0x3f, 0x1a, 0x02, 0x61, 0x62], Written(writer =>
        {
            writer.Integer(1, 150);
            writer.Single(2, 1);
            writer.Text(3, "ab");
        }));

    [Fact]
    public void Any_number_is_read_back() => Gen.Long.Sample(value =>
    {
        var (read, shift) = (0UL, 0);
        foreach (var b in Written(writer => writer.Integer(1, value))[1..])
        {
            read |= (ulong)(b & 0x7f) << shift;
            shift += 7;
        }

        return (long)read == value;
    });

    [Fact]
    public void A_message_begins_with_its_length_however_long_it_is() => Gen.Int[0, 70_000].Sample(length =>
    {
        var bytes = Written(writer => writer.Message(2, inner => inner.Bytes(1, new byte[length])));
        var told = Enumerable.Range(0, 5).Sum(i => (bytes[1 + i] & 0x7f) << (7 * i));
        return bytes[0] == 0x12 && told == bytes.Length - 6 && bytes[5] < 0x80;
    }, iter: 20);

    private static byte[] Written(Action<WireWriter> write)
    {
        var writer = new WireWriter(capacity: 4);
        write(writer);
        return writer.ToArray();
    }
}
