namespace Siaga.Bench.Analysis;

/// <summary>
/// Compares the worker's analysis of a file, with model and scene, with the bound and with two passes; two clips at once.
/// </summary>
internal static class ClipsBench
{
    public static int Run(string[] clips)
    {
        using var product = new Product();
        Console.WriteLine($"decoder: {product.Decoder}, {Rounds.AtOnce} clips at once, model and scene");
        foreach (var clip in clips)
        {
            var (frames, scene) = (product.FramesOf(clip), product.Learn(clip));
            var peak = Rounds.PeakOf(() => product.OnePass(clip, scene));
            using var bound = product.BoundOf(scene);
            var (rates, ratios) = Rounds.Compare(
                Rounds.SizeOf(() => bound.Run(clip, frames)),
                () => product.OnePass(clip, scene),
                () => bound.Run(clip, frames),
                () => product.TwoPasses(clip, scene));
            Console.WriteLine(
                FormattableString.Invariant($"{Path.GetFileName(clip),-24} {rates[0],7:0.0} clips/s; ")
                + FormattableString.Invariant($"bound {rates[1],7:0.0}: {ratios[1]:0.00} of it; ")
                + FormattableString.Invariant($"two passes {rates[2],7:0.0}: {ratios[2]:0.00} of them; ")
                + FormattableString.Invariant($"peak memory {peak:0} MB"));
        }
        return 0;
    }
}
