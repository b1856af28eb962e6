namespace Siaga.Keras.Graph;

/// <summary>An ONNX graph under construction. It generates names and stores equal constants once.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The operator set version that every operator here is written for.</summary>
    public const int Opset = 20;

    public const int FloatType = 1;
    public const int Int64Type = 7;
    public const int BoolType = 9;

    private const int IrVersion = 9;

    private readonly OnnxGraph? _outer;
    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Source, string Permutation)> _transposed = new(StringComparer.Ordinal);
    private readonly List<(string Name, IReadOnlyList<int?>? Shape)> _inputs = [];
    private readonly List<(string Name, IReadOnlyList<int?>? Shape)> _outputs = [];
    private int _names;

    public OnnxGraph()
    {
    }

    private OnnxGraph(OnnxGraph outer) => _outer = outer;

    public List<OnnxNode> Nodes { get; private set; } = [];

    public Dictionary<string, OnnxConstant> Constants { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> OutputNames => _outputs.Select(o => o.Name);

    /// <summary>Creates the body of a loop operator, which can refer to names of this graph.</summary>
    public OnnxGraph Body() => new(this);

    public string NewName(string hint) => _outer is null ? $"{hint}_{_names++}" : _outer.NewName(hint);

    /// <summary>Adds an operator with one output, and returns the output's name.</summary>
    public string Add(string op, IEnumerable<string> inputs, params OnnxAttribute[] attributes) => Add(op, inputs, 1, attributes)[0];

    /// <summary>Adds an operator; an empty input name leaves an optional input out.</summary>
    public IReadOnlyList<string> Add(string op, IEnumerable<string> inputs, int outputs, params OnnxAttribute[] attributes)
    {
        var names = Enumerable.Range(0, outputs).Select(_ => NewName(op)).ToList();
        Nodes.Add(new OnnxNode(op, [.. inputs], names, [.. attributes]));
        return names;
    }

    /// <summary>Gives a tensor a second name: that of a model input or output.</summary>
    public void Rename(string from, string to) => Nodes.Add(new OnnxNode("Identity", [from], [to], []));

    /// <summary>Adds a constant tensor of 32-bit floats, row-major. Keeps the array, does not copy it.</summary>
    public string Weights(string hint, float[] values, params int[] shape)
    {
        var name = NewName(hint);
        Constants[name] = new OnnxConstant(name, shape, values, null);
        return name;
    }

    public string Scalar(float value)
    {
        var key = $"f{BitConverter.SingleToInt32Bits(value)}";
        return _shared.TryGetValue(key, out var name) ? name : _shared[key] = Weights("scalar", [value]);
    }

    /// <summary>Adds a constant vector of 64-bit integers: shapes, axes, pads.</summary>
    public string Integers(params long[] values) => Whole("i" + string.Join(',', values), values, values.Length);

    /// <summary>Adds a constant 64-bit scalar.</summary>
    public string Integer(long value) => Whole($"s{value}", [value]);

    /// <summary>
    /// Permutes dimensions. Reuses an equal transpose of the same tensor; the inverse of a transpose returns the original.
    /// </summary>
    public string Transpose(string name, params long[] permutation)
    {
        if (permutation.Select((p, i) => p == i).All(same => same))
            return name;
        var key = string.Join(',', permutation);
        if (_transposed.TryGetValue(name, out var made) && made.Permutation == string.Join(',', Inverse(permutation)))
            return made.Source;
        var known = $"t{name}:{key}";
        if (_shared.TryGetValue(known, out var before))
            return before;
        var turned = Add("Transpose", [name], OnnxAttribute.Of("perm", permutation));
        _transposed[turned] = (name, key);
        return _shared[known] = turned;
    }

    /// <summary>Reshapes: 0 keeps a dimension, -1 takes the remaining elements.</summary>
    public string Reshape(string name, params long[] shape) => Add("Reshape", [name, Integers(shape)]);

    /// <summary>Reshapes to a shape that is concatenated from integer vectors.</summary>
    public string ReshapeTo(string name, params string[] parts) =>
        Add("Reshape", [name, Add("Concat", parts, OnnxAttribute.Of("axis", 0L))]);

    /// <summary>The tensor's dimension sizes, computed at run time, from one dimension up to but excluding another.</summary>
    public string SizesOf(string name, int from, int to = int.MaxValue) => to == int.MaxValue
        ? Add("Shape", [name], OnnxAttribute.Of("start", (long)from))
        : Add("Shape", [name], OnnxAttribute.Of("start", (long)from), OnnxAttribute.Of("end", (long)to));

    public string Slice(string name, int axis, long from, long to, long step = 1) =>
        Add("Slice", [name, Integers(from), Integers(to), Integers(axis), Integers(step)]);

    public string Reverse(string name, int axis) => Slice(name, axis, -1, long.MinValue + 1, -1);

    public string Unsqueeze(string name, params long[] axes) => Add("Unsqueeze", [name, Integers(axes)]);

    public string Squeeze(string name, params long[] axes) => Add("Squeeze", [name, Integers(axes)]);

    public string Reduce(string op, string name, bool keep, params long[] axes) =>
        Add(op, [name, Integers(axes)], OnnxAttribute.Of("keepdims", keep ? 1L : 0L));

    public string AsFloat(string name) => Add("Cast", [name], OnnxAttribute.Of("to", (long)FloatType));

    public string AsInteger(string name) => Add("Cast", [name], OnnxAttribute.Of("to", (long)Int64Type));

    public string AsTruth(string name) => Add("Cast", [name], OnnxAttribute.Of("to", (long)BoolType));

    /// <param name="shape">Null in the body of a loop, where the outer graph defines it.</param>
    public void Input(string name, IReadOnlyList<int?>? shape) => _inputs.Add((name, shape));

    public void Output(string name, IReadOnlyList<int?>? shape) => _outputs.Add((name, shape));

    /// <summary>Sets the outputs of a loop's body, in order. Each gets a name of its own, even if two are the same tensor.</summary>
    public void Return(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var taken =
                _outputs.Exists(o => o.Name == name) || _inputs.Exists(i => i.Name == name) || !Nodes.Exists(n => n.Outputs.Contains(name));
            _outputs.Add((taken ? Add("Identity", [name]) : name, null));
        }
    }

    public void Replace(List<OnnxNode> nodes) => Nodes = nodes;

    /// <summary>Serialises the finished model.</summary>
    public byte[] ToModel()
    {
        var weights = Constants.Values.Sum(c => 4L * (c.Floats?.Length ?? 0));
        var model = new WireWriter((int)Math.Min(Array.MaxLength, weights + (Nodes.Count * 256L) + 65536));
        model.Integer(1, IrVersion);
        model.Text(2, "siaga");
        model.Message(8, opset =>
        {
            opset.Text(1, "");
            opset.Integer(2, Opset);
        });
        model.Message(7, Write);
        return model.ToArray();
    }

    public void Write(WireWriter w)
    {
        foreach (var node in Nodes)
            w.Message(1, node.Write);
        w.Text(2, _outer is null ? "keras" : "body");
        foreach (var constant in Constants.Values)
            w.Message(5, constant.Write);
        foreach (var (name, shape) in _inputs)
            w.Message(11, info => ValueInfo(info, name, shape));
        foreach (var (name, shape) in _outputs)
            w.Message(12, info => ValueInfo(info, name, shape));
    }

    private static long[] Inverse(long[] permutation)
    {
        var inverse = new long[permutation.Length];
        for (var i = 0; i < permutation.Length; i++)
            inverse[permutation[i]] = i;
        return inverse;
    }

    private static void ValueInfo(WireWriter w, string name, IReadOnlyList<int?>? shape)
    {
        w.Text(1, name);
        if (shape is null)
            return;
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

    private string Whole(string key, long[] values, params int[] shape)
    {
        if (_shared.TryGetValue(key, out var name))
            return name;
        _shared[key] = name = NewName("integers");
        Constants[name] = new OnnxConstant(name, shape, null, values);
        return name;
    }
}
