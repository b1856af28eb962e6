using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.Fuzz;

/// <summary>Mutations of a configuration: its text, its values, its layers.</summary>
internal static class JsonMutations
{
    private static readonly string[] s_values =
    [
        "0", "1", "-1", "2", "3", "7", "1000", "65536", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "1e30", "-1e30",
        "1e400", "0.5", "-0.0", "null", "true", "false", "\"\"", "\"same\"", "\"relu\"", "\"channels_first\"", "\"x\"", "[]", "{}",
        "[null]", "[0]", "[1,1]", "[1,2,3]", "[[1]]", "\"NaN\"", "NaN", "Infinity",
    ];

    private static readonly string[] s_near = ["0", "1", "2", "3", "4", "5", "6", "8", "-1", "-2", "0.1", "10"];

    private static readonly string[] s_words =
    [
        "\"valid\"", "\"same\"", "\"causal\"", "\"channels_first\"", "\"channels_last\"", "\"sum\"", "\"mul\"", "\"ave\"", "\"concat\"",
        "null", "\"linear\"", "\"softmax\"", "\"elu\"", "\"selu\"", "\"gelu\"", "\"tanh\"", "\"hard_sigmoid\"", "\"exponential\"",
        "\"swish\"", "\"softplus\"", "\"float16\"", "\"float64\"", "\"int32\"", "\"mixed_float16\"", "\"nearest\"", "\"bilinear\"",
        "\"bicubic\"", "\"int\"", "\"one_hot\"", "\"rms_norm\"",
    ];

    private static readonly Lazy<IReadOnlyList<string>> s_classes = new(() =>
    [
        "Dense", "Flatten", "LSTM", "GRU", "SimpleRNN", "Bidirectional", "TimeDistributed", "RNN", "StackedRNNCells", "LSTMCell",
        "ConvLSTM2D", "Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "DepthwiseConv2D", "SeparableConv2D", "MaxPooling2D",
        "AveragePooling1D", "GlobalAveragePooling2D", "GlobalMaxPooling3D", "BatchNormalization", "LayerNormalization",
        "GroupNormalization", "Reshape", "Permute", "RepeatVector", "Cropping2D", "ZeroPadding2D", "UpSampling2D", "Add", "Subtract",
        "Multiply", "Concatenate", "Dot", "Average", "Maximum", "Embedding", "Masking", "Attention", "AdditiveAttention",
        "MultiHeadAttention", "EinsumDense", "Activation", "Softmax", "LeakyReLU", "PReLU", "Dropout", "Lambda", "InputLayer", "Sequential",
        "Functional", "Model", "Rescaling", "Normalization", "TFOpLambda", "SlicingOpLambda", "Nonsense",
    ]);

    public static (byte[] Json, string Story) Of(byte[] json, System.Random random)
    {
        if (random.Next(10) == 0)
            return ByteMutations.Of(json, random);
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 });
        }
        catch (JsonException)
        {
            return ByteMutations.Of(json, random);
        }

        var stories = new List<string>();
        var count = 1 + random.Next(3);
        var raw = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            stories.Add(One(root!, random, raw));
        var text = root!.ToJsonString(new JsonSerializerOptions { MaxDepth = 1000 });
        foreach (var (mark, value) in raw)
            text = text.Replace($"\"{mark}\"", value, StringComparison.Ordinal);
        return (Encoding.UTF8.GetBytes(text), string.Join(", ", stories));
    }

    private static string One(JsonNode root, System.Random random, Dictionary<string, string> raw)
    {
        var nodes = new List<JsonNode>();
        var open = new Stack<JsonNode>([root]);
        while (open.TryPop(out var node))
        {
            nodes.Add(node);
            foreach (var child in Children(node))
                open.Push(child);
        }

        var numbers = nodes.Where(n => n.GetValueKind() == JsonValueKind.Number).ToList();
        var layers = nodes.OfType<JsonObject>().Where(o => o["class_name"] is JsonValue && o["config"] is JsonObject).ToList();
        var at = nodes[random.Next(nodes.Count)];
        if (random.Next(3) == 0)
            return Near(nodes, random, raw);
        return random.Next(10) switch
        {
            0 or 1 when numbers.Count > 0 => Replace(numbers[random.Next(numbers.Count)], s_values[random.Next(17)], random, raw),
            2 => Replace(at, s_values[random.Next(s_values.Length)], random, raw),
            3 => Replace(at, Nested(random), random, raw),
            4 => RemoveIn(at, random),
            5 when layers.Count > 0 => Rename(layers[random.Next(layers.Count)], random),
            6 when layers.Count > 1 => Swap(layers[random.Next(layers.Count)], layers[random.Next(layers.Count)]),
            7 => Multiply(nodes.OfType<JsonArray>().Where(a => a.Count > 0).ToList(), random),
            8 when layers.Count > 0 =>
                Replace(Any(layers[random.Next(layers.Count)]["config"]!, random), s_values[random.Next(s_values.Length)], random, raw),
            9 => Twice(nodes.OfType<JsonObject>().Where(o => o.Count > 0).ToList(), random, raw),
            _ => Replace(at, s_values[random.Next(s_values.Length)], random, raw),
        };
    }

    /// <summary>Replaces a value by one that another model could have: most of these files are still valid models.</summary>
    private static string Near(List<JsonNode> nodes, System.Random random, Dictionary<string, string> raw)
    {
        var values = nodes.OfType<JsonValue>().Where(v => v.Parent is not null).ToList();
        if (values.Count == 0)
            return "nothing";
        var chosen = values[random.Next(values.Count)];
        return chosen.GetValueKind() switch
        {
            JsonValueKind.True => Replace(chosen, "false", random, raw),
            JsonValueKind.False => Replace(chosen, "true", random, raw),
            JsonValueKind.Number => Replace(chosen, s_near[random.Next(s_near.Length)], random, raw),
            // A name, a mode or a layer from elsewhere in the same model.
            JsonValueKind.String => Replace(chosen, random.Next(3) == 0
                ? s_words[random.Next(s_words.Length)]
                : values.Where(v => v.GetValueKind() == JsonValueKind.String)
                    .ElementAt(random.Next(values.Count(v => v.GetValueKind() == JsonValueKind.String))).ToJsonString(), random, raw),
            _ => "nothing",
        };
    }

    private static IEnumerable<JsonNode> Children(JsonNode node) => node switch
    {
        JsonObject o => o.Select(p => p.Value).OfType<JsonNode>(),
        JsonArray a => a.OfType<JsonNode>(),
        _ => [],
    };

    private static JsonNode Any(JsonNode config, System.Random random) =>
        Children(config).ToList() is { Count: > 0 } all ? all[random.Next(all.Count)] : config;

    /// <summary>
    /// Inserts a placeholder that is replaced by raw text at the end: JSON nodes cannot represent everything that a file can contain.
    /// </summary>
    private static string Replace(JsonNode node, string value, System.Random random, Dictionary<string, string> raw)
    {
        if (node.Parent is null)
            return "nothing";
        var mark = string.Create(CultureInfo.InvariantCulture, $"mark-{random.Next()}");
        raw[mark] = value;
        var path = node.GetPath();
        node.ReplaceWith(mark);
        return $"{path} = {(value.Length > 40 ? value[..40] : value)}";
    }

    private static string Nested(System.Random random)
    {
        var depth = 1 << random.Next(14);
        return random.Next(3) switch
        {
            0 => new string('[', depth) + new string(']', depth),
            1 => string.Concat(Enumerable.Repeat("{\"config\":", Math.Min(depth, 2000))) + "0" + new string('}', Math.Min(depth, 2000)),
            _ => Models(Math.Min(depth, 120)),
        };
    }

    private static string Models(int depth)
    {
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++)
            text.Append(CultureInfo.InvariantCulture, $"{{\"class_name\":\"Sequential\",\"config\":{{\"name\":\"s{i}\",\"layers\":[");
        text.Append("{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":1}}");
        for (var i = 0; i < depth; i++)
            text.Append("]}}");
        return text.ToString();
    }

    private static string RemoveIn(JsonNode node, System.Random random)
    {
        if (node is JsonObject { Count: > 0 } o)
        {
            var key = o.ElementAt(random.Next(o.Count)).Key;
            var path = o.GetPath();
            o.Remove(key);
            return $"{path} without {key}";
        }

        if (node is JsonArray { Count: > 0 } a)
        {
            a.RemoveAt(random.Next(a.Count));
            return $"{a.GetPath()} shorter";
        }

        return node.Parent is null ? "nothing" : RemoveIn(node.Parent, random);
    }

    private static string Rename(JsonObject layer, System.Random random)
    {
        var name = s_classes.Value[random.Next(s_classes.Value.Count)];
        var story = $"{layer["class_name"]} becomes {name}";
        layer["class_name"] = name;
        return story;
    }

    private static string Swap(JsonObject one, JsonObject other)
    {
        if (one == other
            || one.GetPath().StartsWith(other.GetPath(), StringComparison.Ordinal)
            || other.GetPath().StartsWith(one.GetPath(), StringComparison.Ordinal))
            return "nothing";
        var (a, b) = (one["config"]!.DeepClone(), other["config"]!.DeepClone());
        (one["config"], other["config"]) = (b, a);
        return $"the configs of {one["class_name"]} and {other["class_name"]} swapped";
    }

    private static string Multiply(List<JsonArray> arrays, System.Random random)
    {
        if (arrays.Count == 0)
            return "nothing";
        var array = arrays[random.Next(arrays.Count)];
        var times = 1 << random.Next(12);
        var item = array[random.Next(array.Count)];
        if (times * (item?.ToJsonString().Length ?? 4) > 1_000_000)
            times = 2;
        for (var i = 0; i < times; i++)
            array.Add(item?.DeepClone());
        return $"{array.GetPath()} with {times} more";
    }

    private static string Twice(List<JsonObject> objects, System.Random random, Dictionary<string, string> raw)
    {
        if (objects.Count == 0)
            return "nothing";
        var o = objects[random.Next(objects.Count)];
        var (key, value) = o.ElementAt(random.Next(o.Count));
        var mark = string.Create(CultureInfo.InvariantCulture, $"mark-{random.Next()}");
        raw[mark] = $"{value?.ToJsonString() ?? "null"},{JsonSerializer.Serialize(key)}:{s_values[random.Next(s_values.Length)]}";
        var path = o.GetPath();
        o[key] = mark;
        return $"{path}.{key} twice";
    }
}
