using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Siaga.BlobStorage;
using Siaga.BlobStorage.S3;
using Siaga.Tests.Servers;

namespace Siaga.Bench.Cluster;

/// <summary>Sends clips through Ingestion to S3, alternating with plain PUTs of the same bytes by the same client to the same S3.</summary>
internal static class IngestBench
{
    private const int AtOnce = 16;
    private const int Rounds = 4;

    public static async Task<int> RunAsync(int clips, int megabytes)
    {
        await using var host = await TestHost.BuildAsync(0, AtOnce, TimeSpan.Zero);
        using var plain = await PlainAsync();
        var bytes = ClipOf(megabytes << 20);
        var number = 0;
        await EachAsync(AtOnce, i => host.UploadAsync(i, bytes, Interlocked.Increment(ref number)));
        await EachAsync(AtOnce, i => PutAsync(plain, bytes, $"warm/{i}"));
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var (count, here) = (clips / Rounds, round);
            Task Put(int i) => PutAsync(plain, bytes, $"{here}/{i}");
            Task Ingest(int i) => host.UploadAsync(i, bytes, Interlocked.Increment(ref number));

            // Alternate which one goes first, because the in-memory store grows.
            var (put, ingested) = round % 2 == 0
                ? (await EachAsync(count, Put), await EachAsync(count, Ingest))
                : Swap(await EachAsync(count, Ingest), await EachAsync(count, Put));
            ratios.Add(put.Time / ingested.Time);

            // A nearly full store is a third slower.
            await EachAsync(count, i => plain.DeleteAsync($"{here}/{i}", default));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round + 1}: plain PUTs {count * megabytes / put.Time.TotalSeconds:0} MB/s, "
                + $"through Ingestion {count * megabytes / ingested.Time.TotalSeconds:0} MB/s, ratio {ratios[^1]:0.00}; "
                + $"this process's part of the cores {put.Share:0.00}, {ingested.Share:0.00}"));
        }

        var median = ratios.Order().Skip((Rounds / 2) - 1).Take(2).Average();
        Console.WriteLine(
            FormattableString.Invariant($"{megabytes} MB clips, {AtOnce} at once: {median:0.00} of plain PUTs (median of {Rounds})"));
        return median >= 0.8 ? 0 : 1;

        static (T Second, T First) Swap<T>(T first, T second) => (second, first);
    }

    /// <summary>Sends small clips as fast as they are accepted.</summary>
    public static async Task<int> SaturateAsync(TimeSpan length)
    {
        await using var host = await TestHost.BuildAsync(0, AtOnce, TimeSpan.Zero);
        var bytes = ClipOf(100_000);
        foreach (var atOnce in (int[])[1, 4, 16, 64])
        {
            var (number, watch, cpu) = (0, Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var servers = new ServerTimes();
            var offset = atOnce * 100_000;
            await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
            {
                while (watch.Elapsed < length)
                {
                    var own = Interlocked.Increment(ref number);
                    await host.UploadAsync(own, bytes, offset + own);
                }
            }));
            var own = Environment.CpuUsage.TotalTime - cpu;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"100 kB clips, {atOnce} at once: {number / watch.Elapsed.TotalSeconds:0} a second; "
                + $"of {Environment.ProcessorCount} cores: this process (client, Ingestion and Backend) {own / watch.Elapsed:0.00}, "
                + $"{servers.Over(watch.Elapsed)}"));
        }

        return 0;
    }

    /// <summary>A sample, so that Ingestion accepts it as a video, followed by a box of random bytes that players skip.</summary>
    private static byte[] ClipOf(int length)
    {
        var sample = File.ReadAllBytes(
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples", "clips"), "*.mp4").Order(StringComparer.Ordinal).First());
        var bytes = RandomNumberGenerator.GetBytes(length);
        sample.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(sample.Length), length - sample.Length);
        "free"u8.CopyTo(bytes.AsSpan(sample.Length + 4));
        return bytes;
    }

    private static async Task<(TimeSpan Time, double Share)> EachAsync(int count, Func<int, Task> act)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => await act(i));
        return (watch.Elapsed, (Environment.CpuUsage.TotalTime - cpu) / watch.Elapsed / Environment.ProcessorCount);
    }

    private static async Task PutAsync(IBlobStorage storage, byte[] bytes, string key)
    {
        await using var upload = await storage.BeginUploadAsync(key, default);
        await upload.Content.WriteAsync(bytes);
        await upload.CommitAsync(key, default);
    }

    private static async Task<S3BlobStorage> PlainAsync()
    {
        var options = new S3Options
        {
            Endpoint = (await KeptServer.S3Async()).Address,
            Bucket = $"plain{Guid.NewGuid():N}",
            AccessKey = KeptServer.S3Keys.AccessKey,
            SecretKey = KeptServer.S3Keys.SecretKey,
        };
        var storage = new S3BlobStorage(options, TimeProvider.System);
        await storage.PrepareAsync(makeBucket: true, default);
        return storage;
    }
}
