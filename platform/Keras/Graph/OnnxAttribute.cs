namespace Siaga.Keras.Graph;

/// <summary>An attribute of an ONNX operator (AttributeProto in onnx.proto, which defines the field numbers and type codes).</summary>
internal abstract record OnnxAttribute(string Name)
{
    public static OnnxAttribute Of(string name, long value) => new IntegerAttribute(name, value);

    public static OnnxAttribute Of(string name, float value) => new SingleAttribute(name, value);

    public static OnnxAttribute Of(string name, string value) => new TextAttribute(name, value);

    public static OnnxAttribute Of(string name, params long[] values) => new IntegersAttribute(name, values);

    public static OnnxAttribute Of(string name, params float[] values) => new SinglesAttribute(name, values);

    public static OnnxAttribute Of(string name, params string[] values) => new TextsAttribute(name, values);

    public static OnnxAttribute Of(string name, OnnxGraph body) => new GraphAttribute(name, body);

    /// <summary>The body of a loop; null for every other attribute.</summary>
    public virtual OnnxGraph? Body => null;

    public void Write(WireWriter w)
    {
        w.Text(1, Name);
        WriteValue(w);
    }

    protected abstract void WriteValue(WireWriter w);

    private sealed record SingleAttribute(string Name, float Value) : OnnxAttribute(Name)
    {
        protected override void WriteValue(WireWriter w)
        {
            w.Single(2, Value);
            w.Integer(20, 1);
        }
    }

    private sealed record IntegerAttribute(string Name, long Value) : OnnxAttribute(Name)
    {
        protected override void WriteValue(WireWriter w)
        {
            w.Integer(3, Value);
            w.Integer(20, 2);
        }
    }

    private sealed record GraphAttribute(string Name, OnnxGraph Value) : OnnxAttribute(Name)
    {
        public override OnnxGraph? Body => Value;

        protected override void WriteValue(WireWriter w)
        {
            w.Message(6, Value.Write);
            w.Integer(20, 5);
        }
    }

    private sealed record TextAttribute(string Name, string Value) : OnnxAttribute(Name)
    {
        protected override void WriteValue(WireWriter w)
        {
            w.Text(4, Value);
            w.Integer(20, 3);
        }
    }

    private sealed record SinglesAttribute(string Name, float[] Values) : OnnxAttribute(Name)
    {
        protected override void WriteValue(WireWriter w)
        {
            foreach (var value in Values)
                w.Single(7, value);
            w.Integer(20, 6);
        }
    }

    private sealed record IntegersAttribute(string Name, long[] Values) : OnnxAttribute(Name)
    {
        protected override void WriteValue(WireWriter w)
        {
            foreach (var value in Values)
                w.Integer(8, value);
            w.Integer(20, 7);
        }
    }

    private sealed record TextsAttribute(string Name, string[] Values) : OnnxAttribute(Name)
    {
        protected override void WriteValue(WireWriter w)
        {
            foreach (var value in Values)
                w.Text(9, value);
            w.Integer(20, 8);
        }
    }
}
