using System.Globalization;

namespace Siaga.Bench.Cluster;

/// <summary>
/// Time from a clip's arrival to its stored report under the load of 500 cameras, each with one clip of ten seconds a minute, spread
/// evenly. The model is a stub of 20 ms and the scene detector is off; otherwise two cores could not analyse the clips of 500 cameras.
/// </summary>
internal static class AlertBench
{
    private const int Cameras = 500;
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(IReadOnlyList<int> workers)
    {
        var clip = TenSeconds();
        foreach (var count in workers)
            await OneAsync(count, clip);
        return 0;
    }

    private static async Task OneAsync(int workers, byte[] clip)
    {
        await using var host = await TestHost.BuildAsync(workers, Cameras, TimeSpan.FromMilliseconds(20));
        var between = TimeSpan.FromMinutes(1) / Cameras;
        var total = (int)(s_length / between);
        var started = TimeProvider.System.GetTimestamp();
        var uploads = new List<Task>();
        for (var i = 0; i < total; i++)
        {
            var due = (between * i) - TimeProvider.System.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due);
            uploads.Add(host.UploadAsync(i, clip, i));
        }

        await Task.WhenAll(uploads);
        using var limit = new CancellationTokenSource(s_limit);
        IReadOnlyList<double> seconds;
        while ((seconds = await host.LatenciesAsync()).Count < total)
            await Task.Delay(500, limit.Token);
        double[] ordered = [.. seconds.Order()];
        double At(double share) => ordered[Math.Min((int)(share * ordered.Length), ordered.Length - 1)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{workers} worker(s), {Cameras} cameras, {total} clips of 10 s: arrival → reported "
            + $"p50 {At(0.5):0.000} s, p95 {At(0.95):0.000} s, p99 {At(0.99):0.000} s, most {ordered[^1]:0.000} s"));
    }

    /// <summary>A sample, repeated up to ten seconds.</summary>
    private static byte[] TenSeconds()
    {
        var sample = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples", "clips"), "*.mp4").Order(StringComparer.Ordinal)
            .First();
        var path = Path.Combine(Path.GetTempPath(), $"siaga-bench-{Guid.NewGuid():N}.mp4");
        using (var writer = new OpenCvSharp.VideoWriter(
            path, OpenCvSharp.VideoCaptureAPIs.FFMPEG, OpenCvSharp.FourCC.FromString("mp4v"), 12.5, new OpenCvSharp.Size(320, 240)))
        {
            using var frame = new OpenCvSharp.Mat();
            for (var frames = 0; frames < 125;)
            {
                using var reader = new OpenCvSharp.VideoCapture(sample, OpenCvSharp.VideoCaptureAPIs.FFMPEG);
                for (; frames < 125 && reader.Read(frame); frames++)
                    writer.Write(frame);
            }
        }

        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }
}
