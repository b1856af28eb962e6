using System.Text;

namespace Siaga.Tests.Keras;

/// <summary>An operator in an ONNX file.</summary>
/// <param name="Body">The operators of its loop body, if it has one.</param>
internal sealed record OnnxNode(string Op, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxNode> Body)
{
    /// <summary>
    /// The operators of a model file (https://protobuf.dev/programming-guides/encoding/; field numbers as in onnx.proto).
    /// </summary>
    public static IReadOnlyList<OnnxNode> Of(ReadOnlyMemory<byte> model) => Nodes(Fields(model).Single(f => f.Number == 7).Bytes);

    private static IReadOnlyList<OnnxNode> Nodes(ReadOnlyMemory<byte> graph) =>
        [.. Fields(graph).Where(f => f.Number == 1).Select(f => Node(f.Bytes))];

    private static OnnxNode Node(ReadOnlyMemory<byte> node)
    {
        var fields = Fields(node).ToList();
        string[] Texts(int number) => [.. fields.Where(f => f.Number == number).Select(f => Encoding.UTF8.GetString(f.Bytes.Span))];
        var bodies = fields.Where(f => f.Number == 5).SelectMany(f => Fields(f.Bytes)).Where(f => f.Number == 6)
            .SelectMany(f => Nodes(f.Bytes));
        return new OnnxNode(Texts(4).Single(), Texts(1), Texts(2), [.. bodies]);
    }

    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message.Span, ref at);
            switch (tag & 7)
            {
                case 0:
                    Number(message.Span, ref at);
                    break;
                case 2:
                    var length = (int)Number(message.Span, ref at);
                    yield return ((int)(tag >> 3), message.Slice(at, length));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
