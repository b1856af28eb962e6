using Siaga.Keras.Graph;

namespace Siaga.Keras.Layers;

/// <summary>Expresses TensorFlow's resizing in ONNX: pixel centres are at half coordinates.</summary>
internal static class Resizer
{
    /// <param name="whole">True for an integer scale factor, where nearest-neighbour repeats pixels.</param>
    public static OnnxAttribute[] How(LayerContext context, string interpolation, bool whole = false) => interpolation switch
    {
        "nearest" when whole => [
            OnnxAttribute.Of("mode", "nearest"),
            OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"),
            OnnxAttribute.Of("nearest_mode", "floor")],
        "nearest" => [
            OnnxAttribute.Of("mode", "nearest"),
            OnnxAttribute.Of("coordinate_transformation_mode", "half_pixel"),
            OnnxAttribute.Of("nearest_mode", "round_prefer_ceil")],
        "bilinear" => [OnnxAttribute.Of("mode", "linear"), OnnxAttribute.Of("coordinate_transformation_mode", "half_pixel")],
        "bicubic" => [
            OnnxAttribute.Of("mode", "cubic"), OnnxAttribute.Of("coordinate_transformation_mode", "half_pixel"),
            OnnxAttribute.Of("cubic_coeff_a", -0.5f), OnnxAttribute.Of("exclude_outside", 1L)],
        _ => throw context.Unsupported($"the interpolation '{interpolation}' is not supported; nearest, bilinear and bicubic are"),
    };

    /// <summary>Resizes to a size; with <paramref name="crop"/> the image is first cropped to the target's aspect ratio.</summary>
    public static Value To(LayerContext context, Value input, int height, int width, string interpolation, bool crop)
    {
        var picture = input.Rank == 3 ? context.Graph.AsKeras(input) : input;
        var batched = input.Rank == 3
            ? picture with { Name = context.Graph.Unsqueeze(picture.Name, 0), Shape = [1, .. picture.Shape] }
            : input;
        var x = Spatial.Of(context, batched, 2);
        var name = crop ? Crop(context, x, height, width) : x.Name;
        var resized = Fenced(context.Graph, x with { Name = name, Sizes = crop ? [null, null] : x.Sizes }, [height, width], from =>
        {
            var sizes = context.Graph.Add(
                "Concat", [context.Graph.SizesOf(from, 0, 2), context.Graph.Integers(height, width)], OnnxAttribute.Of("axis", 0L));
            return context.Graph.Add("Resize", [from, "", "", sizes], How(context, interpolation));
        });
        var output = x.With(resized, [height, width], x.Channels);
        return input.Rank == 3 ? Unbatch(context, output) : output;
    }

    /// <summary>
    /// ONNX Runtime moves transposes through a Resize and then lacks a kernel for some of the results. Between two reshapes, which cost
    /// nothing, the Resize of an image stays as it is.
    /// </summary>
    /// <param name="sizes">The output size.</param>
    public static string Fenced(OnnxGraph graph, Spatial x, IReadOnlyList<int?> sizes, Func<string, string> resize) =>
        x.Sizes is [{ } height, { } width] && sizes is [{ } newHeight, { } newWidth]
            ? graph.Reshape(resize(graph.Reshape(x.Name, 1, -1, height, width)), -1, x.Channels, newHeight, newWidth)
            : resize(x.Name);

    public static Value Unbatch(LayerContext context, Value output)
    {
        var plain = context.Graph.AsKeras(output);
        return plain with { Name = context.Graph.Squeeze(plain.Name, 0), Shape = [.. plain.Shape.Skip(1)] };
    }

    /// <summary>As <c>smart_resize</c> of Keras: the centre of the image with the target's aspect ratio.</summary>
    private static string Crop(LayerContext context, Spatial x, int height, int width)
    {
        if (x.Sizes is not [{ } h, { } w])
            throw context.Unsupported("cropping to an aspect ratio needs a known picture size");
        var cropHeight = Math.Min(h, Math.Max(1, (int)((double)w * height / width)));
        var cropWidth = Math.Min(w, Math.Max(1, (int)((double)h * width / height)));
        var (top, left) = ((h - cropHeight) / 2, (w - cropWidth) / 2);
        return context.Graph.Add("Slice", [
            x.Name, context.Graph.Integers(top, left), context.Graph.Integers(top + cropHeight, left + cropWidth),
            context.Graph.Integers(2, 3),
        ]);
    }
}

[KerasNames("Resizing")]
internal sealed class ResizingLayer : UnaryLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var config = context.Config;
        if (config.Flag("pad_to_aspect_ratio") || config.Flag("antialias"))
            throw context.Unsupported("padding to an aspect ratio and anti-aliasing are not supported");
        return Resizer.To(
            context, input, config.Size("height"), config.Size("width"), config.Text("interpolation", "bilinear"),
            config.Flag("crop_to_aspect_ratio"));
    }
}

/// <summary>Crops the centre of an image and enlarges one that is too small first. At inference a random crop does the same.</summary>
[KerasNames("CenterCrop", "RandomCrop")]
internal sealed class CenterCropLayer : UnaryLayer
{
    protected override Value Apply(LayerContext context, Value input)
    {
        var (height, width) = (context.Config.Size("height"), context.Config.Size("width"));
        if (input.Rank != 4)
            throw context.Unsupported("it needs pictures in a batch");
        var x = Spatial.Of(context, input, 2);
        if (x.Sizes is not [{ } h, { } w])
            throw context.Unsupported("it needs a known picture size");
        if (h < height || w < width || (context.Config.ClassName == "RandomCrop" && (h != height || w != width)))
            return Resizer.To(context, input, height, width, "bilinear", crop: true);
        var (top, left) = ((h - height) / 2, (w - width) / 2);
        var name = context.Graph.Add("Slice", [
            x.Name, context.Graph.Integers(top, left), context.Graph.Integers(top + height, left + width), context.Graph.Integers(2, 3),
        ]);
        return x.With(name, [height, width], x.Channels);
    }
}
