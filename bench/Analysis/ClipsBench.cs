using Siaga.Analysis;
using Siaga.Inference.Onnx;
using Siaga.Video.OpenCv;

namespace Siaga.Bench.Analysis;

/// <summary>Compares the worker's analysis of a file with the bound, two clips at once.</summary>
internal static class ClipsBench
{
    public static int Run(string[] clips)
    {
        var modelFile = Path.Combine(AppContext.BaseDirectory, "samples", "model.h5");
        using var model = ClipModel.Load(modelFile, null, new OnnxInferenceRuntime()).Value;
        using var bound = new Bound(modelFile);
        var decoder = new OpenCvDecoder();
        var analyser = new ClipAnalyser(decoder);
        var name = decoder.UsesSystem ? "the system's FFmpeg" : "OpenCV's bundled FFmpeg";
        Console.WriteLine($"decoder: {name}, {Rounds.AtOnce} clips at once");
        foreach (var clip in clips)
        {
            var frames = analyser.Analyse(clip, model, default).Value.Frames;
            var size = Rounds.SizeOf(() => bound.SameDecoder(clip, frames));
            var (rates, ratios) = Rounds.Compare(
                size,
                () => analyser.Analyse(clip, model, default),
                () => bound.SameDecoder(clip, frames),
                () => bound.OpenCvCapture(clip, frames));
            Console.WriteLine(
                FormattableString.Invariant($"{Path.GetFileName(clip),-24} {rates[0],7:0.0} clips/s; ")
                + FormattableString.Invariant($"bound, same decoder {rates[1],7:0.0}: {ratios[1]:0.00} of it; ")
                + FormattableString.Invariant($"bound, OpenCV's capture {rates[2],7:0.0}: {ratios[2]:0.00} of it"));
        }

        Console.WriteLine(FormattableString.Invariant($"peak memory, bounds included: {Rounds.PeakMegabytes():0} MB"));
        return 0;
    }
}
