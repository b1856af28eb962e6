using System.Reflection;
using Siaga.Keras.Graph;
using Siaga.Keras.Operations;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>Converts one class of Keras layers to operators. Found by class name; to support a layer, add such a class.</summary>
internal abstract class Layer
{
    private static readonly Dictionary<string, Layer> s_byName = Find();
    private static readonly OperationLayer s_operation = new();

    /// <summary>Every supported class name, with the converter for it.</summary>
    public static IReadOnlyDictionary<string, Layer> Supported => s_byName;

    /// <summary>Where an archive stores the layer's own variables, relative to the layer.</summary>
    public virtual IReadOnlyList<string> Folders => ["vars"];

    /// <summary>Whether the layer accepts boolean inputs; otherwise they are converted to 0 and 1.</summary>
    protected virtual bool TakesTruths => false;

    /// <summary>Whether the layer passes its mask on to the next one.</summary>
    protected virtual bool KeepsMask => false;

    /// <exception cref="KerasException">The layer's class is unknown.</exception>
    public static Layer Of(LayerConfig config)
    {
        if (!config.IsCustom && OperationLayer.Is(config))
            return s_operation;
        if (!config.IsCustom && s_byName.TryGetValue(config.ClassName, out var layer))
            return layer;
        if (config.ClassName == "Lambda")
        {
            throw new KerasException(
                "layer_lambda",
                $"The layer '{config.Name}' is a Lambda: Python code inside the file, which is never run. "
                + "Replace it with Keras layers and save again.",
                config.Name);
        }

        var why = config.IsCustom
            ? "a custom class, whose code is not in the file"
            : "which is not a supported Keras layer";
        throw new KerasException(
            "layer_unknown",
            $"The layer '{config.Name}' is a '{config.ClassName}', {why}. Replace it with Keras layers and save again.",
            config.Name);
    }

    /// <summary>The layer's variables, in the order in which Keras creates them.</summary>
    public virtual IEnumerable<Variable> Variables(LayerConfig config) => [];

    /// <summary>Nested layers with weights of their own.</summary>
    public virtual IEnumerable<WeightPart> Parts(LayerConfig config) => [];

    /// <summary>Converts one call of the layer.</summary>
    /// <returns>The layer's outputs.</returns>
    public IReadOnlyList<Value> Call(LayerContext context, LayerCall call)
    {
        try
        {
            var outputs = Apply(context, TakesTruths ? call : call.InFloats(context.Graph));
            foreach (var output in outputs)
                Limits.Check(context.Config, output);
            return KeepsMask && call.Inputs.Count > 0 && call.Input.Mask is { } mask
                ? [.. outputs.Select(o => o.Mask is null && o.Rank >= 2 ? o with { Mask = mask } : o)]
                : outputs;
        }
        catch (KerasException e) when (e.LayerName is null)
        {
            throw new KerasException(
                e.Code, $"The layer '{context.Config.Name}' ({context.Config.ClassName}): {e.Message}", context.Config.Name, e);
        }
    }

    public Value CallOne(LayerContext context, Value input) => Call(context, LayerCall.Of(input))[0];

    protected abstract IReadOnlyList<Value> Apply(LayerContext context, LayerCall call);

    private static Dictionary<string, Layer> Find()
    {
        var found = new Dictionary<string, Layer>(StringComparer.Ordinal);
        foreach (var type in typeof(Layer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Layer)) && !t.IsAbstract))
        {
            var layer = (Layer)Activator.CreateInstance(type)!;
            foreach (var name in type.GetCustomAttribute<KerasNamesAttribute>()?.Names ?? [])
                found.Add(name, layer);
        }

        return found;
    }
}

/// <summary>A layer with one input and one output.</summary>
internal abstract class UnaryLayer : Layer
{
    protected sealed override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call) =>
        [Apply(context, call.Input) with { Mask = null }];

    protected abstract Value Apply(LayerContext context, Value input);
}

/// <summary>The class names of a layer in files.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KerasNamesAttribute(params string[] names) : System.Attribute
{
    public IReadOnlyList<string> Names => names;
}
