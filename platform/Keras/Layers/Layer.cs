using System.Reflection;
using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>Turns one class of Keras layers into operators. Found by the class's name; adding a layer is adding one such class.</summary>
internal abstract class Layer
{
    private static readonly Dictionary<string, Layer> s_byName = Find();

    public static IReadOnlyCollection<string> Supported => s_byName.Keys;

    /// <exception cref="KerasException">No layer of that class is known.</exception>
    public static Layer Of(LayerConfig config)
    {
        if (s_byName.TryGetValue(config.ClassName, out var layer))
            return layer;
        throw config.ClassName == "Lambda"
            ? new KerasException("layer_lambda", $"The layer '{config.Name}' is a Lambda: Python code inside the file, which is never run. Replace it by Keras layers and save again.", config.Name)
            : new KerasException("layer_unknown", $"The layer '{config.Name}' is a '{config.ClassName}', which is not a layer of Keras known here. Replace it by Keras layers and save again.", config.Name);
    }

    public abstract Value Apply(LayerContext context, Value input);

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

/// <summary>The class names under which files hold a layer.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KerasNamesAttribute(params string[] names) : System.Attribute
{
    public IReadOnlyList<string> Names => names;
}
