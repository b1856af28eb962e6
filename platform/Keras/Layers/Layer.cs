using System.Reflection;
using Siaga.Keras.Graph;
using Siaga.Keras.Operations;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Layers;

/// <summary>Turns one class of Keras layers into operators. Found by the class's name; adding a layer is adding one such class.</summary>
internal abstract class Layer
{
    private static readonly Dictionary<string, Layer> s_byName = Find();
    private static readonly OperationLayer s_operation = new();

    /// <summary>Every class name that is read, with the class that reads it.</summary>
    public static IReadOnlyDictionary<string, Layer> Supported => s_byName;

    /// <summary>Where an archive keeps the layer's own variables, below the layer.</summary>
    public virtual IReadOnlyList<string> Folders => ["vars"];

    /// <summary>Truth values are handed over as they are; otherwise as 0 and 1.</summary>
    protected virtual bool TakesTruths => false;

    /// <summary>A mask goes on to the next layer.</summary>
    protected virtual bool KeepsMask => false;

    /// <exception cref="KerasException">No layer of that class is known.</exception>
    public static Layer Of(LayerConfig config)
    {
        if (!config.IsCustom && OperationLayer.Is(config))
            return s_operation;
        if (!config.IsCustom && s_byName.TryGetValue(config.ClassName, out var layer))
            return layer;
        throw config.ClassName == "Lambda"
            ? new KerasException("layer_lambda", $"The layer '{config.Name}' is a Lambda: Python code inside the file, which is never run. Replace it by Keras layers and save again.", config.Name)
            : new KerasException("layer_unknown", $"The layer '{config.Name}' is a '{config.ClassName}', {(config.IsCustom ? "a class of its maker's own, whose code is not in the file" : "which is not a layer of Keras known here")}. Replace it by Keras layers and save again.", config.Name);
    }

    /// <summary>The variables that the layer has, in the order in which Keras makes them.</summary>
    public virtual IEnumerable<Variable> Variables(LayerConfig config) => [];

    /// <summary>Nested layers with weights of their own.</summary>
    public virtual IEnumerable<WeightPart> Parts(LayerConfig config) => [];

    /// <summary>Calls the layer.</summary>
    /// <returns>Its outputs.</returns>
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
            throw new KerasException(e.Code, $"The layer '{context.Config.Name}' ({context.Config.ClassName}): {e.Message}", context.Config.Name, e);
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
    protected sealed override IReadOnlyList<Value> Apply(LayerContext context, LayerCall call) => [Apply(context, call.Input) with { Mask = null }];

    protected abstract Value Apply(LayerContext context, Value input);
}

/// <summary>The class names under which files hold a layer.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KerasNamesAttribute(params string[] names) : System.Attribute
{
    public IReadOnlyList<string> Names => names;
}
