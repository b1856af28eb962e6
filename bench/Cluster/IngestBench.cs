using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Siaga.Bench.Cluster.OwnClient;
using Siaga.BlobStorage;

namespace Siaga.Bench.Cluster;

/// <summary>
/// Sends clips through Ingestion to S3, in turns with a second Ingestion that has the client of our own, and with plain PUTs of the same
/// bytes by that client to the same S3.
/// </summary>
internal static class IngestBench
{
    private const int AtOnce = 16;

    // A multiple of three, so that each of the three is first, second and third equally often.
    private const int Rounds = 6;

    // The gateway removes the parts of deleted objects afterwards, by itself after hours: the store in memory would be full before.
    private const string RemoveSoon = "--rgw_gc_obj_min_wait=1 --rgw_gc_processor_period=2 --rgw_gc_processor_max_time=2";
    private static readonly TimeSpan s_removed = TimeSpan.FromSeconds(8);

    /// <param name="clips">Clips of a round, for each of the three.</param>
    /// <param name="megabytes">Size of a clip.</param>
    public static async Task<int> RunAsync(int clips, int megabytes)
    {
        Environment.SetEnvironmentVariable("CEPH_ARGS", RemoveSoon);
        await using var host = await TestHost.BuildAsync(0, AtOnce, TimeSpan.Zero);
        using var own = new OwnS3Storage(host.Storage);
        using var plain = new OwnS3Storage(host.Storage with { Bucket = $"plain{Guid.NewGuid():N}" });
        await plain.MakeBucketAsync();
        var beside = await host.StartIngestionAsync(own);
        var bytes = ClipOf(megabytes << 20);
        var number = 0;
        Func<int, Task>[] ways =
        [
            i => PutAsync(plain, bytes, $"plain/{i}"),
            i => host.UploadAsync(i, bytes, Interlocked.Increment(ref number)),
            i => host.UploadAsync(i, bytes, Interlocked.Increment(ref number), beside),
        ];
        foreach (var way in ways)
            await EachAsync(AtOnce, way);
        var rounds = new List<IngestRates>();
        for (var round = 0; round < Rounds; round++)
        {
            // A nearly full store is a third slower, and what comes last is slower than what comes first.
            await EmptyAsync(plain);
            await EmptyAsync(own);
            await Task.Delay(s_removed);
            var results = new (TimeSpan Time, double Share)[ways.Length];
            for (var turn = 0; turn < ways.Length; turn++)
                results[(round + turn) % ways.Length] = await EachAsync(clips, ways[(round + turn) % ways.Length]);
            rounds.Add(new IngestRates([.. results.Select(r => clips * megabytes / r.Time.TotalSeconds)]));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round + 1}: {rounds[^1]}; this process's part of the cores "
                + $"{string.Join(", ", results.Select(r => FormattableString.Invariant($"{r.Share:0.00}")))}"));
        }

        return IngestRates.Report(rounds, $"{megabytes} MB clips, {AtOnce} at once");
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

    private static async Task EmptyAsync(OwnS3Storage storage)
    {
        var keys = new List<string>();
        await foreach (var blob in storage.ListAsync("", default))
            keys.Add(blob.Key);
        await Parallel.ForEachAsync(
            keys, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (key, _) => await storage.DeleteAsync(key, default));
    }
}
