namespace Siaga.Keras;

/// <summary>A file that is not a model, or one that the reader refuses. The reader throws no other exception.</summary>
/// <param name="code">Stable, snake_case: <c>model_empty</c>, <c>model_not_hdf5</c>, <c>layer_unsupported</c>, ….</param>
/// <param name="message">What is wrong and what to do instead.</param>
/// <param name="layerName">The layer that caused it, or null.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class KerasException(string code, string message, string? layerName = null, Exception? inner = null)
    : Exception(message, inner)
{
    public string Code { get; } = code;

    public string? LayerName { get; } = layerName;
}
