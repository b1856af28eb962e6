using Siaga.Analysis;
using Siaga.Inference;
using Siaga.Primitives;

namespace Siaga.App.Siaga.Commands;

/// <summary>Loads a model as the command line names it.</summary>
internal static class ClipModels
{
    public static Result<ClipModel> Load(
        FileInfo model, FileInfo? manifestFile, string[]? labels, double? threshold, IInferenceRuntime runtime)
    {
        if (!model.Exists)
            return new Error(ErrorKind.NotFound, "model_not_found", "There is no such model file.");
        if (manifestFile is { Exists: false })
            return new Error(ErrorKind.NotFound, "manifest_not_found", $"There is no manifest {manifestFile}.");
        var read = manifestFile is null ? ModelManifest.Beside(model.FullName) : ModelManifest.Read(manifestFile.FullName);
        if (!read.IsOk)
            return read.Error;
        var manifest = read.Value;
        if (labels is { Length: > 0 })
        {
            const StringSplitOptions clean = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
            manifest = manifest with { Labels = [.. labels.SelectMany(l => l.Split(',', clean))] };
        }

        if (threshold is { } given)
            manifest = manifest with { Threshold = given };
        return manifest.Check() ?? ClipModel.Load(model.FullName, manifest, runtime);
    }
}
