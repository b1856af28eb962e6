using System.Text.Json;

namespace Siaga.Keras.Models;

/// <summary>An argument of a call, as written in the file.</summary>
internal abstract record Argument
{
    /// <summary>The tensors that it refers to.</summary>
    public IEnumerable<TensorReference> References => this switch
    {
        TensorReference reference => [reference],
        ListArgument list => list.Items.SelectMany(i => i.References),
        _ => [],
    };
}

/// <param name="Layer">The layer's name.</param>
/// <param name="Node">The index of the call.</param>
/// <param name="Tensor">The index of the call's output.</param>
internal sealed record TensorReference(string Layer, int Node, int Tensor) : Argument;

internal sealed record ListArgument(IReadOnlyList<Argument> Items) : Argument;

internal sealed record ConstantArgument(JsonElement Json) : Argument;

/// <summary>One call of a layer in a functional model.</summary>
internal sealed record CallNode(IReadOnlyList<Argument> Arguments, IReadOnlyDictionary<string, Argument> Keywords)
{
    public IEnumerable<TensorReference> References =>
        Arguments.SelectMany(a => a.References).Concat(Keywords.Values.SelectMany(k => k.References));
}
