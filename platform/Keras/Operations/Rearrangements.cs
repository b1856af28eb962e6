using Siaga.Keras.Graph;
using Siaga.Keras.Layers;

namespace Siaga.Keras.Operations;

/// <summary>Operations that move elements without changing them.</summary>
internal static class Rearrangements
{
    public static Dictionary<string, Operation> Operations { get; } = new(StringComparer.Ordinal)
    {
        ["Reshape"] = c => [Reshape(c)], ["Transpose"] = c => [Transpose(c)], ["ExpandDims"] = c => [ExpandDims(c)],
        ["Squeeze"] = c => [Squeeze(c)], ["Concatenate"] = Concatenate, ["Stack"] = Stack, ["Split"] = Split, ["Unstack"] = Unstack,
        ["Flip"] = c => [Flip(c)], ["Repeat"] = c => [Repeat(c)], ["Tile"] = c => [Tile(c)], ["Swapaxes"] = c => [Swap(c)],
        ["Moveaxis"] = c => [Move(c)], ["Pad"] = c => [Pad(c)], ["Matmul"] = c => [MatMul(c)], ["Dot"] = c => [MatMul(c)],
        ["Einsum"] = c => [Einsum(c)], ["Resize"] = c => [Resize(c)],
    };

    private static readonly string[] s_lists = ["xs", "values", "x", "inputs"];

    private static Value Reshape(OperationCall call)
    {
        var x = call.Plain("x", "tensor", "inputs");
        var target = call.Integers(1, "newshape", "shape", "target_shape")
            ?? throw call.Context.Unsupported("it names no shape");
        if (target.Length > 1
            && x.Shape[0] is null
            && target[0] == -1
            && x.Shape.Skip(1).All(d => d is not null)
            && !target.Skip(1).Contains(-1)
            && x.Shape.Skip(1).Aggregate(1L, (a, d) => checked(a * d!.Value)) == target.Skip(1).Aggregate(1L, (a, d) => checked(a * d)))
            return ReshapeLayer.To(call.Context, x, target[1..]);
        if (target.Count(t => t == -1) > 1 || Array.Exists(target, t => t is < -1 or 0))
            throw call.Context.Unsupported($"a tensor cannot become ({string.Join(", ", target)})");
        return new Value(call.Graph.Reshape(x.Name, [.. target.Select(t => (long)t)]), [.. target.Select(t => t == -1 ? (int?)null : t)]);
    }

    private static Value Transpose(OperationCall call)
    {
        var x = call.Plain("x", "a");
        return Turn(call, x, call.Integers(1, "axes", "perm") ?? [.. Enumerable.Range(0, x.Rank).Reverse()]);
    }

    private static Value Turn(OperationCall call, Value x, int[] axes)
    {
        axes = [.. axes.Select(x.Axis)];
        if (!axes.Order().SequenceEqual(Enumerable.Range(0, x.Rank)))
            throw call.Context.Unsupported("its axes are not a permutation");
        return x with
        {
            Name = call.Graph.Transpose(x.Name, [.. axes.Select(a => (long)a)]),
            Shape = [.. axes.Select(a => x.Shape[a])],
            Mask = null,
        };
    }

    private static Value Swap(OperationCall call)
    {
        var x = call.Plain();
        var (a, b) = (x.Axis(call.Integer(1, 0, "axis1")), x.Axis(call.Integer(2, 0, "axis2")));
        return Turn(call, x, [.. Enumerable.Range(0, x.Rank).Select(i => i == a ? b : i == b ? a : i)]);
    }

    private static Value Move(OperationCall call)
    {
        var x = call.Plain();
        int[] from = [.. (call.Integers(1, "source") ?? []).Select(x.Axis)],
            to = [.. (call.Integers(2, "destination") ?? []).Select(x.Axis)];
        if (from.Length != to.Length || from.Distinct().Count() != from.Length || to.Any(t => t < 0 || t >= x.Rank))
            throw call.Context.Unsupported("its axes do not fit");
        var rest = new Queue<int>(Enumerable.Range(0, x.Rank).Except(from));
        return Turn(
            call, x, [.. Enumerable.Range(0, x.Rank).Select(i => Array.IndexOf(to, i) is var at and >= 0 ? from[at] : rest.Dequeue())]);
    }

    private static Value ExpandDims(OperationCall call)
    {
        var x = call.Plain();
        int[] axes = [.. (call.Integers(1, "axis") ?? [-1]).Select(a => a < 0 ? a + x.Rank + 1 : a)];
        if (axes is not [var axis] || axis < 0 || axis > x.Rank)
            throw call.Context.Unsupported("it adds one dimension, at a place that its input has");
        return x with { Name = call.Graph.Unsqueeze(x.Name, axis), Shape = [.. x.Shape.Take(axis), 1, .. x.Shape.Skip(axis)], Mask = null };
    }

    private static Value Squeeze(OperationCall call)
    {
        var x = call.Plain();
        var axes = call.Axes(x, 1, "axis") ?? [.. Enumerable.Range(0, x.Rank).Where(i => x.Shape[i] == 1)];
        if (axes.Any(a => x.Shape[a] is not (null or 1)))
            throw call.Context.Unsupported("it removes a dimension that is not 1");
        return x with
        {
            Name = call.Graph.Squeeze(x.Name, [.. axes.Select(a => (long)a)]),
            Shape = [.. x.Shape.Where((_, i) => !axes.Contains(i))],
            Mask = null,
        };
    }

    private static IReadOnlyList<Value> Concatenate(OperationCall call) =>
        [ConcatenateLayer.Join(
            call.Context, [.. call.Many(s_lists).Select(call.Floats)], call.Integer(1, call.Context.Config.Integer("axis", 0), "axis"))];

    private static IReadOnlyList<Value> Stack(OperationCall call)
    {
        List<Value> values = [.. call.Many(s_lists).Select(v => call.Floats(call.Graph.AsKeras(v)))];
        if (values.Count == 0 || values.Exists(v => v.Rank != values[0].Rank))
            throw call.Context.Unsupported("it stacks tensors of one shape");
        var axis = call.Integer(1, 0, "axis");
        axis = axis < 0 ? axis + values[0].Rank + 1 : axis;
        if (axis < 0 || axis > values[0].Rank)
            throw call.Context.Unsupported("its inputs have no such axis");
        return [ConcatenateLayer.Join(call.Context, [.. values.Select(Widened)], axis)];

        Value Widened(Value v) => v with
        {
            Name = call.Graph.Unsqueeze(v.Name, axis),
            Shape = [.. v.Shape.Take(axis), 1, .. v.Shape.Skip(axis)],
            Mask = null,
        };
    }

    private static IReadOnlyList<Value> Split(OperationCall call)
    {
        var x = call.Plain("x", "value");
        var axis = x.Axis(call.Integer(2, 0, "axis"));
        var size = x.Known(axis);
        var said = call.Integers(1, "indices_or_sections", "num_or_size_splits")
            ?? throw call.Context.Unsupported("it does not define how to split");
        var isCount = said.Length == 1
            && call.Setting(1, "indices_or_sections", "num_or_size_splits") is { ValueKind: System.Text.Json.JsonValueKind.Number };

        // Keras lists the split positions, TensorFlow the size of each part.
        int[] sizes = isCount ? [.. Enumerable.Repeat(said[0] > 0 ? size / said[0] : 0, Math.Clamp(said[0], 0, Limits.Layers))]
            : call.Setting(-1, "num_or_size_splits") is not null || call.Call.Keywords.ContainsKey("num_or_size_splits") ? said
            : [.. said.Append(size).Zip(said.Prepend(0), (to, from) => to - from)];
        if (sizes.Length == 0 || Array.Exists(sizes, s => s <= 0) || sizes.Sum() != size)
            throw call.Context.Unsupported($"{size} cannot be split so");
        var parts = call.Graph.Add(
            "Split", [x.Name, call.Graph.Integers([.. sizes.Select(s => (long)s)])], sizes.Length, OnnxAttribute.Of("axis", (long)axis));
        return [.. parts.Select((p, n) => new Value(p, [.. x.Shape.Select((d, i) => i == axis ? sizes[n] : d)]))];
    }

    private static IReadOnlyList<Value> Unstack(OperationCall call)
    {
        var x = call.Plain("x", "value");
        var axis = x.Axis(call.Integer(2, 0, "axis"));
        var count = x.Known(axis);
        if (count > Limits.Layers)
            throw call.Context.Unsupported($"it makes {count} tensors");
        return [.. Enumerable.Range(0, count).Select(i => new Value(
            call.Graph.Squeeze(call.Graph.Slice(x.Name, axis, i, i + 1), axis), [.. x.Shape.Where((_, d) => d != axis)]))];
    }

    private static Value Flip(OperationCall call)
    {
        var x = call.Plain();
        var axes = call.Axes(x, 1, "axis") ?? [.. Enumerable.Range(0, x.Rank)];
        return x with { Name = axes.Aggregate(x.Name, call.Graph.Reverse), Mask = null };
    }

    private static Value Repeat(OperationCall call)
    {
        var x = call.Plain();
        if (call.Integers(1, "repeats") is not [var times and > 0] || call.Integers(2, "axis") is not [var said])
            throw call.Context.Unsupported("it repeats by one number along one axis");
        var axis = x.Axis(said);

        // Repeat along a new dimension after the axis, then merge the two.
        var tiled = call.Graph.Add("Tile", [
            call.Graph.Unsqueeze(x.Name, axis + 1),
            call.Graph.Integers([.. Enumerable.Range(0, x.Rank + 1).Select(i => i == axis + 1 ? times : 1L)])]);
        IReadOnlyList<int?> shape = [.. x.Shape.Select((d, i) => i == axis ? checked(d * times) : d)];
        if (shape.Count(d => d is null) > 1)
            throw call.Context.Unsupported("too many of its input's dimensions are open");
        return new Value(call.Graph.Reshape(tiled, [.. shape.Select(d => (long)(d ?? -1))]), shape);
    }

    private static Value Tile(OperationCall call)
    {
        var x = call.Plain();
        var times = call.Integers(1, "repeats", "multiples") ?? [];
        if (times.Length != x.Rank || Array.Exists(times, t => t <= 0))
            throw call.Context.Unsupported("it needs a number for each dimension");
        return new Value(
            call.Graph.Add("Tile", [x.Name, call.Graph.Integers([.. times.Select(t => (long)t)])]),
            [.. x.Shape.Select((d, i) => checked(d * times[i]))]);
    }

    private static Value Pad(OperationCall call)
    {
        var x = call.Plain("x", "tensor");
        var said = call.Setting(1, "pad_width", "paddings") is { } value
            ? Numbers.Unwrap(value)
            : throw call.Context.Unsupported("it does not define how much");
        List<int[]> pairs = [.. said.EnumerateArray().Select(p => Numbers.Integers(call.Context, p))];
        var mode = call.Setting(2, "mode") is { ValueKind: System.Text.Json.JsonValueKind.String } named
            ? named.GetString()!.ToUpperInvariant()
            : "CONSTANT";
        if (pairs.Count != x.Rank || pairs.Exists(p => p is not [>= 0, >= 0]))
            throw call.Context.Unsupported("it needs two numbers for each dimension");
        var how = mode switch
        {
            "CONSTANT" => "constant",
            "REFLECT" => "reflect",
            "EDGE" => "edge",
            _ => throw call.Context.Unsupported($"the mode '{mode}' is not supported"),
        };
        List<string> inputs = [x.Name, call.Graph.Integers([.. pairs.Select(p => (long)p[0]), .. pairs.Select(p => (long)p[1])])];
        return new Value(
            call.Graph.Add("Pad", inputs, OnnxAttribute.Of("mode", how)),
            [.. x.Shape.Select((d, i) => checked(d + pairs[i][0] + pairs[i][1]))]);
    }

    private static Value MatMul(OperationCall call)
    {
        var graph = call.Graph;
        var (a, b) =
            (call.Floats(graph.AsKeras(call.Operand(0, "x1", "a", "x"))), call.Floats(graph.AsKeras(call.Operand(1, "x2", "b", "y"))));
        (a, b) = (call.Flag(-1, "transpose_a") ? Last(call, a) : a, call.Flag(-1, "transpose_b") ? Last(call, b) : b);
        if (a.Rank < 2 || b.Rank < 2 || (a.Shape[^1] is { } m && b.Shape[^2] is { } n && m != n))
            throw call.Context.Unsupported($"({string.Join(", ", a.Shape)}) and ({string.Join(", ", b.Shape)}) cannot be multiplied");
        var leading = Alike.Broadcast(call.Context, [[.. a.Shape.SkipLast(2)], [.. b.Shape.SkipLast(2)]]);
        return new Value(graph.Add("MatMul", [a.Name, b.Name]), [.. leading, a.Shape[^2], b.Shape[^1]]);
    }

    private static Value Last(OperationCall call, Value x) => Turn(call, x, [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2]);

    private static Value Einsum(OperationCall call)
    {
        var equation = (call.Setting(0, "subscripts", "equation") is { } said ? said.ToString() : "")
            .Replace(" ", "", StringComparison.Ordinal);
        var first = call.Call.Arguments.Count > 0 && call.Call.Arguments[0] is ConstantOperand ? 1 : 0;
        List<Value> values = [.. call.Call.Arguments.Skip(first).SelectMany(a => a.Tensors).Select(v => call.Floats(
            call.Graph.AsKeras(v)))];
        if (equation.Split("->") is not [var inputs, var output]
            || equation.Contains('.', StringComparison.Ordinal)
            || inputs.Split(',') is not { } terms
            || terms.Length != values.Count)
            throw call.Context.Unsupported($"the equation '{equation}' is not supported");
        var sizes = new Dictionary<char, int?>();
        foreach (var (term, value) in terms.Zip(values))
        {
            if (term.Length != value.Rank)
                throw call.Context.Unsupported($"an input has {value.Rank} dimensions and the equation needs '{term}'");
            for (var i = 0; i < term.Length; i++)
                sizes[term[i]] = sizes.GetValueOrDefault(term[i]) ?? value.Shape[i];
        }

        return new Value(
            call.Graph.Add("Einsum", values.Select(v => v.Name), OnnxAttribute.Of("equation", equation)),
            [.. output.Select(SizeOf)]);

        int? SizeOf(char letter) => sizes.TryGetValue(letter, out var size)
            ? size
            : throw call.Context.Unsupported($"the equation '{equation}' has an output that no input has");
    }

    private static Value Resize(OperationCall call)
    {
        if (call.Integers(1, "size") is not [var height and > 0, var width and > 0]
            || call.Flag(-1, "antialias")
            || call.Flag(-1, "crop_to_aspect_ratio")
            || call.Flag(-1, "pad_to_aspect_ratio"))
            throw call.Context.Unsupported("it can only resize to a known size, without anti-aliasing or keeping the aspect ratio");
        var how = call.Setting(2, "interpolation", "method") is { ValueKind: System.Text.Json.JsonValueKind.String } named
            ? named.GetString()!
            : "bilinear";
        return Resizer.To(
            call.Context, call.Floats(call.Operand(0, "images", "image", "x")), height, width, how, crop: false) with { Mask = null };
    }
}
