namespace Siaga.Keras.Graph;

internal sealed class OnnxNode(string op, List<string> inputs, List<string> outputs, List<OnnxAttribute> attributes)
{
    public string Op => op;

    public List<string> Inputs => inputs;

    public List<string> Outputs => outputs;

    public List<OnnxAttribute> Attributes => attributes;

    public void Write(WireWriter w)
    {
        foreach (var input in inputs)
            w.Text(1, input);
        foreach (var output in outputs)
            w.Text(2, output);
        w.Text(3, outputs[0]);
        w.Text(4, op);
        foreach (var attribute in attributes)
            w.Message(5, attribute.Write);
    }
}

/// <summary>A constant tensor: floats, or 64-bit integers (shapes, axes, pads).</summary>
internal sealed record OnnxConstant(string Name, int[] Shape, float[]? Floats, long[]? Integers)
{
    public void Write(WireWriter w)
    {
        foreach (var size in Shape)
            w.Integer(1, size);
        w.Integer(2, Floats is null ? OnnxGraph.Int64Type : OnnxGraph.FloatType);
        w.Text(8, Name);
        if (Floats is not null)
            w.Numbers(9, Floats);
        else
            w.Numbers(9, Integers!);
    }
}
