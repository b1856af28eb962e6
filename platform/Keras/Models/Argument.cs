using System.Text.Json;

namespace Siaga.Keras.Models;

/// <summary>An argument of a call as the file writes it.</summary>
internal abstract record Argument
{
    /// <summary>The calls whose outputs it needs.</summary>
    public IEnumerable<TensorReference> References => this switch
    {
        TensorReference reference => [reference],
        ListArgument list => list.Items.SelectMany(i => i.References),
        _ => [],
    };
}

/// <param name="Layer">A layer's name.</param>
/// <param name="Node">Which of its calls.</param>
/// <param name="Tensor">Which of that call's outputs.</param>
internal sealed record TensorReference(string Layer, int Node, int Tensor) : Argument;

internal sealed record ListArgument(IReadOnlyList<Argument> Items) : Argument;

internal sealed record ConstantArgument(JsonElement Json) : Argument;

/// <summary>One call of a layer in a functional model.</summary>
internal sealed record CallNode(IReadOnlyList<Argument> Arguments, IReadOnlyDictionary<string, Argument> Keywords)
{
    public IEnumerable<TensorReference> References => Arguments.SelectMany(a => a.References).Concat(Keywords.Values.SelectMany(k => k.References));
}
