using System.Globalization;
using System.Security.Cryptography;
using Siaga.Inference;
using Siaga.Keras;
using Siaga.Primitives;

namespace Siaga.Analysis;

/// <summary>A loaded model and its manifest, checked against each other.</summary>
public sealed class ClipModel : IDisposable
{
    private ClipModel(
        string name, string sha256, IInferenceModel inference, ModelManifest manifest, IReadOnlyList<string> labels,
        IReadOnlyList<int> shape)
    {
        (Name, Sha256, Inference, Manifest, Labels) = (name, sha256, inference, manifest, labels);
        (Frames, Height, Width, Channels) = (shape[0], shape[1], shape[2], shape[3]);
    }

    /// <summary>The model file's name.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal: identifies the model's version.</summary>
    public string Sha256 { get; }

    public ModelManifest Manifest { get; }

    /// <summary>Labels in the order of the model's outputs.</summary>
    public IReadOnlyList<string> Labels { get; }

    public int Frames { get; }

    public int Height { get; }

    public int Width { get; }

    public int Channels { get; }

    internal IInferenceModel Inference { get; }

    /// <summary>Loads a model that takes clips.</summary>
    public static Result<ClipModel> Load(string path, ModelManifest? manifest, IInferenceRuntime runtime)
    {
        KerasModel keras;
        try
        {
            keras = KerasModel.Read(path);
        }
        catch (KerasException e)
        {
            return new Error(ErrorKind.Invalid, e.Code, e.Message);
        }

        if (manifest is null)
        {
            var read = ModelManifest.Beside(path);
            if (!read.IsOk)
                return read.Error;
            manifest = read.Value;
        }

        IInferenceModel inference;
        try
        {
            inference = runtime.Load(keras.Onnx);
        }
        catch (InferenceException e)
        {
            return new Error(ErrorKind.Unsupported, "model_does_not_run", e.Message);
        }

        var checkedModel = Check(path, inference, manifest);
        if (!checkedModel.IsOk)
            inference.Dispose();
        return checkedModel;
    }

    public void Dispose() => Inference.Dispose();

    private static Result<ClipModel> Check(string path, IInferenceModel inference, ModelManifest manifest)
    {
        if (inference.Inputs is not [{ Shape: [_, { } frames, { } height, { } width, { } channels and (1 or 3)] }])
        {
            return new Error(
                ErrorKind.Unsupported, "model_not_for_clips",
                $"No clip can feed this model: it needs {Wanted(inference.Inputs)}. It runs on tensors only.");
        }

        var outputs = inference.Outputs is [{ Shape: [_, { } count] }] ? count : 0;
        if (outputs == 0)
            return new Error(ErrorKind.Unsupported, "model_not_for_clips", "The model's output is not one score per label.");
        var labels = manifest.LabelsFor(outputs);
        if (labels is null || labels.Count != outputs)
        {
            return new Error(
                ErrorKind.Invalid, "labels_do_not_match",
                $"The model has {outputs} outputs and {labels?.Count ?? 0} labels; name each in the manifest's 'labels'.");
        }

        if (manifest.Colour is { } colour && (colour == "gray") != (channels == 1))
            return new Error(ErrorKind.Invalid, "colour_does_not_match", $"The model needs {channels} channels; 'colour' says {colour}.");
        using var file = File.OpenRead(path);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        return new ClipModel(Path.GetFileName(path), sha256, inference, manifest, labels, [frames, height, width, channels]);
    }

    /// <summary>Describes what an unsupported model expects instead of (batch, frames, height, width, 1 or 3 channels).</summary>
    private static string Wanted(IReadOnlyList<TensorSpec> inputs)
    {
        if (inputs.Count != 1)
        {
            var shapes = inputs.Select(i => $"({string.Join(", ", i.Shape.Select(Size))})");
            return $"{inputs.Count} inputs at once: {string.Join(" and ", shapes)}";
        }

        var shape = inputs[0].Shape;
        return shape switch
        {
            [_, { } count] => $"{count} numbers (features or key points, not pictures)",
            [_, var steps, var count] => $"{Size(steps)} steps of {Size(count)} numbers (features or key points, not pictures)",
            [_, var height, var width, var channels] =>
                $"single pictures of {Size(height)} × {Size(width)} × {Size(channels)}, not runs of frames",
            [_, { }, { }, { }, 2] => "two channels a frame, as optical flow has; clips give 1 (grey) or 3 (colour)",
            [_, { } frames, { } height, { } width, { } channels] =>
                $"{frames} frames of {height} × {width} with {channels} channels; clips give 1 (grey) or 3 (colour)",
            [_, var frames, var height, var width, var channels] =>
                $"frames of no fixed number or size ({Size(frames)}, {Size(height)}, {Size(width)}, {Size(channels)}); "
                + "save it with a fixed input shape",
            _ => $"({string.Join(", ", shape.Select(Size))})",
        };
    }

    private static string Size(int? dimension) => dimension?.ToString(CultureInfo.InvariantCulture) ?? "any";
}
