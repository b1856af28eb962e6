using System.Runtime.InteropServices;

namespace Siaga.Keras.Graph;

/// <summary>An ONNX graph under construction. Names are given by the graph; weights are kept once.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The operator set that every operator here is written for.</summary>
    public const int Opset = 20;

    private const int IrVersion = 9;
    private const int FloatType = 1;
    private const int Int64Type = 7;

    private readonly WireWriter _graph = new();
    private readonly Dictionary<string, string> _integerConstants = new(StringComparer.Ordinal);
    private int _names;

    public string NewName(string hint) => $"{hint}_{_names++}";

    /// <summary>Adds an operator with one output, and returns the output's name.</summary>
    public string Add(string op, IEnumerable<string> inputs, params OnnxAttribute[] attributes) => Add(op, inputs, 1, attributes)[0];

    /// <summary>Adds an operator; an empty input name leaves an optional input out.</summary>
    public IReadOnlyList<string> Add(string op, IEnumerable<string> inputs, int outputs, params OnnxAttribute[] attributes)
    {
        var names = Enumerable.Range(0, outputs).Select(_ => NewName(op)).ToList();
        Add(op, inputs, names, attributes);
        return names;
    }

    /// <summary>Adds an operator whose outputs have these names.</summary>
    public void Add(string op, IEnumerable<string> inputs, IReadOnlyList<string> names, params OnnxAttribute[] attributes) =>
        _graph.Message(1, node =>
        {
            foreach (var input in inputs)
                node.Text(1, input);
            foreach (var output in names)
                node.Text(2, output);
            node.Text(3, names[0]);
            node.Text(4, op);
            foreach (var attribute in attributes)
                node.Message(5, attribute.Write);
        });

    /// <summary>A constant tensor of 32-bit floats, row-major.</summary>
    public string Weights(string hint, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        var name = NewName(hint);
        Initializer(name, FloatType, MemoryMarshal.AsBytes(values).ToArray(), shape.ToArray());
        return name;
    }

    public string Scalar(float value) => Weights("scalar", [value]);

    /// <summary>A constant vector of 64-bit integers: shapes, axes, pads.</summary>
    public string Integers(params long[] values)
    {
        var key = string.Join(',', values);
        if (!_integerConstants.TryGetValue(key, out var name))
        {
            _integerConstants[key] = name = NewName("integers");
            Initializer(name, Int64Type, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), [values.Length]);
        }

        return name;
    }

    public void Input(string name, IReadOnlyList<int?> shape) => _graph.Message(11, w => ValueInfo(w, name, shape));

    public void Output(string name, IReadOnlyList<int?> shape) => _graph.Message(12, w => ValueInfo(w, name, shape));

    /// <summary>The finished model file.</summary>
    public byte[] ToModel()
    {
        _graph.Text(2, "keras");
        var model = new WireWriter();
        model.Integer(1, IrVersion);
        model.Text(2, "siaga");
        model.Message(8, opset =>
        {
            opset.Text(1, "");
            opset.Integer(2, Opset);
        });
        model.Bytes(7, _graph.Written);
        return model.ToArray();
    }

    private static void ValueInfo(WireWriter w, string name, IReadOnlyList<int?> shape)
    {
        w.Text(1, name);
        w.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Integer(1, FloatType);
            tensor.Message(2, dimensions =>
            {
                for (var i = 0; i < shape.Count; i++)
                {
                    var (size, index) = (shape[i], i);
                    dimensions.Message(1, d =>
                    {
                        if (size is { } known)
                            d.Integer(1, known);
                        else
                            d.Text(2, index == 0 ? "batch" : $"{name}_d{index}");
                    });
                }
            });
        }));
    }

    private void Initializer(string name, int type, byte[] raw, int[] shape) => _graph.Message(5, tensor =>
    {
        foreach (var size in shape)
            tensor.Integer(1, size);
        tensor.Integer(2, type);
        tensor.Text(8, name);
        tensor.Bytes(9, raw);
    });
}
