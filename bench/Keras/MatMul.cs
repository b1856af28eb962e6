using System.Text;
using Siaga.Inference;
using Siaga.Inference.Onnx;

namespace Siaga.Bench.Keras;

/// <summary>
/// The baseline: a product of two 1024 × 1024 matrices of 32-bit floats by the same runtime on one thread, as a hand-written ONNX file
/// (https://protobuf.dev/programming-guides/encoding/).
/// </summary>
internal static class MatMul
{
    private const int Side = 1024;

    public static IInferenceModel Load() => new OnnxInferenceRuntime().Load(Model());

    public static IReadOnlyList<Tensor> Inputs()
    {
        var random = new Random(1);
        return [Matrix(), Matrix()];

        Tensor Matrix() => new([Side, Side], Enumerable.Range(0, Side * Side).Select(_ => random.NextSingle()).ToArray());
    }

    private static byte[] Model()
    {
        byte[] node = [.. Text(1, "a"), .. Text(1, "b"), .. Text(2, "c"), .. Text(4, "MatMul")];
        byte[] graph =
            [.. Message(1, node), .. Text(2, "bound"), .. Message(11, Info("a")), .. Message(11, Info("b")), .. Message(12, Info("c"))];
        byte[] opset = [.. Text(1, ""), .. Integer(2, 20)];
        return [.. Integer(1, 9), .. Message(8, opset), .. Message(7, graph)];
    }

    private static byte[] Info(string name)
    {
        byte[] dimension = Message(1, Integer(1, Side));
        byte[] tensor = [.. Integer(1, 1), .. Message(2, [.. dimension, .. dimension])];
        return [.. Text(1, name), .. Message(2, Message(1, tensor))];
    }

    private static byte[] Text(int field, string value) => Message(field, Encoding.UTF8.GetBytes(value));

    private static byte[] Message(int field, byte[] value) => [.. Number((field << 3) | 2), .. Number(value.Length), .. value];

    private static byte[] Integer(int field, int value) => [.. Number(field << 3), .. Number(value)];

    private static IEnumerable<byte> Number(int value)
    {
        for (; value >= 0x80; value >>= 7)
            yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
