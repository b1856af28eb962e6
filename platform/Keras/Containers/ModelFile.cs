using System.Text;
using System.Text.Json;
using PureHDF;

namespace Siaga.Keras.Containers;

/// <summary>A model's configuration and weights as they stand in a file.</summary>
/// <param name="Config">The root: <c>class_name</c> and <c>config</c>.</param>
/// <param name="KerasVersion">As written by the file; "" where it does not say (before Keras 2.0).</param>
/// <param name="Weights">By layer.</param>
internal sealed record ModelFile(JsonElement Config, string KerasVersion, WeightStore Weights)
{
    private const int MaxConfigDepth = 64;
    private const long MaxFileBytes = 4L << 30;

    private static ReadOnlySpan<byte> Hdf5Magic => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads an HDF5 file.</summary>
    /// <exception cref="KerasException">It is something else, or broken.</exception>
    public static ModelFile Read(string path)
    {
        RefuseOtherFiles(path);
        try
        {
            using var file = H5File.OpenRead(path);
            if (!file.AttributeExists("model_config"))
            {
                throw new KerasException(
                    "model_weights_only", "The file holds weights without the model they belong to. Save the whole model: model.save(\"model.h5\").");
            }

            var json = file.Attribute("model_config").Read<string>();
            var config = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxConfigDepth }).RootElement;
            var version = file.AttributeExists("keras_version") ? file.Attribute("keras_version").Read<string>() : "";
            return new ModelFile(config, version, WeightStore.Read(file.LinkExists("model_weights") ? file.Group("model_weights") : file));
        }
        catch (KerasException)
        {
            throw;
        }
        catch (JsonException e)
        {
            throw new KerasException("model_config_broken", "The model's configuration is not JSON that can be read; the file is damaged.", null, e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The HDF5 reader meets files from outside, and says what it finds in them by any exception at all.
            throw new KerasException("model_broken", "The HDF5 file is cut short or damaged; copy it again.", null, e);
        }
    }

    private static void RefuseOtherFiles(string path)
    {
        if (Directory.Exists(path))
            throw new KerasException("model_is_folder", "This is a folder (a SavedModel?). Save the model as one file: model.save(\"model.h5\").");
        if (!File.Exists(path))
            throw new KerasException("model_not_found", "There is no such file.");
        using var file = File.OpenRead(path);
        if (file.Length > MaxFileBytes)
            throw new KerasException("model_too_large", "The file is larger than 4 GiB.");
        var first = new byte[(int)Math.Min(256, file.Length)];
        file.ReadExactly(first);
        if (first.Length == 0)
            throw new KerasException("model_empty", "The file is empty.");
        if (first.AsSpan().StartsWith(Hdf5Magic))
            return;
        throw new KerasException("model_not_keras", $"This is not a Keras model file (.h5): it looks like {Describe(first)}.");
    }

    private static string Describe(byte[] first)
    {
        var text = Encoding.Latin1.GetString(first).TrimStart();
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
            return "a git-LFS pointer; fetch the file it stands for (git lfs pull)";
        if (text.StartsWith('<'))
            return "a web page; download the file itself";
        if (text.StartsWith("PK", StringComparison.Ordinal))
            return "a zip archive (a .keras file); save it as .h5";
        return Array.TrueForAll(first, b => b is >= 9 and < 127) ? "text" : "something else";
    }
}
