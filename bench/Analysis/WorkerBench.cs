using System.Diagnostics;

namespace Siaga.Bench.Analysis;

/// <summary>
/// Compares a real worker that empties a real queue (fetching, decoding, predicting, reporting to a Backend that stores every result
/// durably, all on the same cores) with the bound for as many clips. Everything is as by default: model and scene detector.
/// </summary>
internal static class WorkerBench
{
    // Fewer results than these come in bursts, two at once, and their times say little.
    private const int MinClips = 80;

    // The API's largest page of results.
    private const int MaxClips = 200;

    public static async Task<int> RunAsync(string[] clips)
    {
        foreach (var clip in clips)
        {
            using var product = new Product();
            var frames = product.FramesOf(clip);
            using var bound = product.BoundOf(product.Learn(clip));
            var size = Math.Clamp(Rounds.SizeOf(() => bound.Run(clip, frames)) * 3, MinClips, MaxClips);
            var before = BoundRate(bound, clip, frames, size);
            var worker = await WorkerRateAsync(clip, size);
            var after = BoundRate(bound, clip, frames, size);
            Console.WriteLine(
                FormattableString.Invariant($"{Path.GetFileName(clip),-24} {worker,7:0.0} clips/s through queue and Backend; ")
                + FormattableString.Invariant($"bound {before:0.0} before, {after:0.0} after: ")
                + FormattableString.Invariant($"{worker / ((before + after) / 2):0.00} of it"));
        }

        Console.WriteLine(FormattableString.Invariant(
            $"peak memory of this process (Backend, Ingestion, Worker and bound): {Rounds.PeakMegabytes():0} MB"));
        return 0;
    }

    private static double BoundRate(Bound bound, string clip, int frames, int size)
    {
        var start = Stopwatch.GetTimestamp();
        Parallel.For(0, size, new ParallelOptions { MaxDegreeOfParallelism = Rounds.AtOnce }, _ => bound.Run(clip, frames));
        return size / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Measured over the second half of the results: the first half warms everything up.</summary>
    private static async Task<double> WorkerRateAsync(string clip, int size)
    {
        await using var host = await TestHost.StartAsync(withWorker: false);
        var captured = TimeProvider.System.GetUtcNow().AddDays(-1);
        for (var i = 0; i < size; i++)
            await host.UploadAsync(clip, captured.AddSeconds(i));
        await host.StartWorkerAsync();
        IReadOnlyList<(DateTimeOffset Received, DateTimeOffset Reported)> results = [];
        while (results.Count < size)
        {
            await Task.Delay(2000);
            results = await host.NewestAsync(MaxClips);
        }

        DateTimeOffset[] times = [.. results.Select(r => r.Reported).Order()];
        var warm = size / 2;
        return (times.Length - 1 - warm) / (times[^1] - times[warm]).TotalSeconds;
    }
}
