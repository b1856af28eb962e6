namespace Siaga.Bench.Analysis;

/// <summary>Time from a clip's arrival to its stored result, one sample clip after another on an idle machine.</summary>
internal static class AlertBench
{
    public static async Task<int> RunAsync(int count)
    {
        var clips = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples", "clips"), "*.mp4")
            .Order(StringComparer.Ordinal).ToList();
        await using var host = await TestHost.StartAsync(withWorker: true);
        var captured = TimeProvider.System.GetUtcNow().AddDays(-1);
        var seconds = new List<double>();
        var warmUp = clips.Count;
        var last = DateTimeOffset.MinValue;
        for (var i = 0; i < count + warmUp; i++)
        {
            await host.UploadAsync(clips[i % clips.Count], captured.AddSeconds(i));
            IReadOnlyList<(DateTimeOffset Received, DateTimeOffset Reported)> newest = [];
            while (newest.Count == 0 || newest[0].Received <= last)
            {
                await Task.Delay(10);
                newest = await host.NewestAsync(1);
            }

            var result = newest[0];
            last = result.Received;
            if (i >= warmUp)
                seconds.Add((result.Reported - result.Received).TotalSeconds);
        }

        double[] ordered = [.. seconds.Order()];
        double At(double share) => ordered[Math.Min((int)(share * ordered.Length), ordered.Length - 1)];
        Console.WriteLine(
            FormattableString.Invariant($"arrival → reported, {count} sample clips: p50 {At(0.5):0.000} s, p95 {At(0.95):0.000} s, ")
            + FormattableString.Invariant($"p99 {At(0.99):0.000} s, most {ordered[^1]:0.000} s"));
        return At(0.99) < 1 ? 0 : 1;
    }
}
