using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Siaga.Keras.Hdf5;
using Siaga.Keras.Weights;

namespace Siaga.Keras.Containers;

/// <summary>A model's configuration and weights, as stored in a file.</summary>
/// <param name="Config">The root object, with <c>class_name</c> and <c>config</c>.</param>
/// <param name="KerasVersion">The version in the file; "" when there is none (before Keras 2.0).</param>
/// <param name="Weights">The weights by layer.</param>
internal sealed record ModelFile(JsonElement Config, string KerasVersion, IWeightSource Weights, IDisposable Opened) : IDisposable
{
    private const int MaxConfigDepth = 256;
    private const long MaxFileBytes = 4L << 30;
    private const long MaxConfigBytes = 64L << 20;
    private const long MaxUnpackedBytes = 2L << 30;
    private const int MaxRatio = 200;
    private const long AlwaysUnpackedBytes = 16L << 20;

    private static ReadOnlySpan<byte> ZipMagic => "PK\u0003\u0004"u8;

    /// <summary>Reads a <c>.h5</c> or <c>.keras</c> file; the content decides which, not the name.</summary>
    /// <exception cref="KerasException">The file is neither, or damaged.</exception>
    public static ModelFile Read(string path)
    {
        var isZip = Look(path);
        try
        {
            return isZip ? ReadZip(path) : ReadHdf5(path);
        }
        catch (Exception e)
        {
            throw e switch
            {
                KerasException => e,
                JsonException => new KerasException(
                    "model_config_broken", "The model's configuration is not valid JSON; the file is damaged.", null, e),
                InvalidDataException when isZip => new KerasException(
                    "model_broken", "The .keras archive is cut short or damaged; copy it again.", null, e),
                UnauthorizedAccessException => new KerasException("model_unreadable", "The file may not be read.", null, e),
                _ => new KerasException("model_broken", "The file is cut short or damaged; copy it again.", null, e),
            };
        }
    }

    public void Dispose() => Opened.Dispose();

    private static ModelFile ReadHdf5(string path)
    {
        var file = new Hdf5File(RawBytes.Of(path));
        try
        {
            var json = file.Text("model_config") ?? throw WeightsOnly();
            return new ModelFile(Parse(json), file.Text("keras_version") ?? "", new ListedWeights(file), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static ModelFile ReadZip(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        var config = zip.GetEntry("config.json")
            ?? throw new KerasException(
                "model_not_keras",
                "This zip archive is not a Keras model: it has no config.json. Save the model with model.save(\"model.keras\").");
        var weights = zip.GetEntry("model.weights.h5")
            ?? throw new KerasException("weights_missing", "The archive has no model.weights.h5.");
        var version = zip.GetEntry("metadata.json") is { } metadata
            && Parse(Unpack(metadata, MaxConfigBytes)).TryGetProperty("keras_version", out var said)
            ? said.GetString() ?? "" : "";
        var root = Parse(Unpack(config, MaxConfigBytes));
        var file = new Hdf5File(RawBytes.Of(Unpack(weights, MaxUnpackedBytes)));
        return new ModelFile(root, version, new ArchivedWeights(file), file);
    }

    /// <summary>Unpacks an entry, but never more than its declared size, nor more than its packed size can plausibly hold.</summary>
    private static byte[] Unpack(ZipArchiveEntry entry, long most)
    {
        if (entry.Length > most || (entry.Length > AlwaysUnpackedBytes && entry.Length / MaxRatio > entry.CompressedLength))
            throw new KerasException(
                "model_too_large",
                $"The archive's '{entry.FullName}' claims to unpack to {entry.Length} bytes, which is not plausible.");
        using var packed = entry.Open();
        var bytes = new byte[entry.Length];
        var read = packed.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length && packed.ReadByte() < 0
            ? bytes
            : throw new KerasException("model_broken", $"The archive's '{entry.FullName}' does not have the length that it claims.");
    }

    private static JsonElement Parse(string json) =>
        JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxConfigDepth }).RootElement;

    private static JsonElement Parse(byte[] json) =>
        JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxConfigDepth }).RootElement;

    private static KerasException WeightsOnly() => new(
        "model_weights_only", "The file holds weights without the model they belong to. Save the whole model: model.save(\"model.h5\").");

    /// <returns>True if the file is a zip archive.</returns>
    private static bool Look(string path)
    {
        if (Directory.Exists(path))
            throw new KerasException(
                "model_is_folder", "This is a folder (a SavedModel?). Save the model as one file: model.save(\"model.h5\").");
        if (!File.Exists(path))
            throw new KerasException("model_not_found", "There is no such file.");
        var first = new byte[256];
        bool isHdf5;
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaxFileBytes)
                throw new KerasException("model_too_large", "The file is larger than 4 GiB.");
            first = first[..file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
            using var raw = RawBytes.Of(path);
            isHdf5 = Superblock.Locate(raw) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KerasException("model_unreadable", "The file cannot be read.", null, e);
        }

        if (first.Length == 0)
            throw new KerasException("model_empty", "The file is empty.");
        if (first.AsSpan().StartsWith(ZipMagic))
            return true;
        return isHdf5
            ? false
            : throw new KerasException(
                "model_not_keras", $"This is not a Keras model file (.h5 or .keras): it looks like {Describe(first)}.");
    }

    private static string Describe(byte[] first)
    {
        var text = Encoding.Latin1.GetString(first).TrimStart();
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
            return "a git-LFS pointer; fetch the file it stands for (git lfs pull)";
        if (text.StartsWith('<'))
            return "a web page; download the file itself";
        if (first.AsSpan(0, Math.Min(8, first.Length)).IndexOf("TFL3"u8) >= 0)
            return "a TensorFlow Lite model; use the Keras model it was made from";
        if (first.Length > 2 && first[0] == 0x80 && first[1] <= 5)
            return "a Python pickle, which is never opened; save the model with model.save";
        return Array.TrueForAll(first, b => b is >= 9 and < 127) ? "text" : "something else";
    }
}
