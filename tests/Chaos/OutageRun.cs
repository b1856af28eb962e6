using System.Diagnostics;
using System.Globalization;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <param name="Sent">Clips that were answered with 2xx.</param>
/// <param name="Refused">Uploads with another answer, in total.</param>
/// <param name="Lost">Clips that were not analysed.</param>
/// <param name="Duplicated">Clips, analyses or anomalies that exist more than once.</param>
/// <param name="MemoryBefore">Memory of both Ingestions in bytes, median of the first quarter of the outage.</param>
/// <param name="MemoryAfter">Memory of both Ingestions in bytes, median of the last quarter.</param>
/// <param name="Drained">Time from the broker's return to the last analysis.</param>
internal sealed record OutageResult(
    int Sent, int Refused, IReadOnlyList<string> Lost, IReadOnlyList<string> Duplicated, long MemoryBefore, long MemoryAfter,
    TimeSpan Drained)
{
    // The garbage collector's own reserve varies by about this much.
    private const long Breath = 30_000_000;

    public bool IsFlat => MemoryAfter < (MemoryBefore * 1.15) + Breath;

    public bool IsClean => Refused == 0 && Lost.Count == 0 && Duplicated.Count == 0 && IsFlat && Sent > 0;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Sent} sent, {Lost.Count} lost, {Duplicated.Count} duplicated, {Refused} refused, memory {MemoryBefore / 1e6:0} MB to "
        + $"{MemoryAfter / 1e6:0} MB, drained in {Drained.TotalSeconds:0} s");
}

/// <summary>
/// The broker is down for a long time while clips arrive: every upload is still answered with 2xx, messages wait on disk, and afterwards
/// every clip is analysed.
/// </summary>
internal sealed class OutageRun(TimeSpan length, double rate, Action<string> say)
{
    private const int CameraCount = 20;

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    public async Task<OutageResult> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("siaga-outage-").FullName;
        await using var host = await TestHost.BuildAsync(folder, backends: 1, ingestions: 2, workers: 2, [], cancellationToken);
        using var api = new Api(host.Backend);
        await api.SignInAsync();
        var made = await TestHost.MakeCamerasAsync(api, CameraCount, companies: 1);
        var clips = new TinyClips();
        using var cameras = new Cameras([.. host.Ingestions.Select(i => i.Address)], made, clips.Make);

        // Warm up, so that one-time growth of memory is over.
        await cameras.SendAsync(CameraCount * 2, rate, cancellationToken);
        await host.KillServerAsync("rabbitmq");
        say(
            $"RabbitMQ is killed; {rate.ToString(CultureInfo.InvariantCulture)} clips a second come for "
            + $"{length.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} minutes");
        var memory = new List<long>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(length);
        var sending = cameras.SendAsync(int.MaxValue, rate, enough.Token);
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(s_look, cancellationToken));
            memory.Add(host.Ingestions.Sum(i => i.Memory));
            if (memory.Count % 30 == 0)
                say($"{cameras.Sent.Count} sent, {memory[^1] / 1_000_000} MB");
        }

        await sending;
        var refused = cameras.Refused.Values.Sum();
        await host.StartServerAsync("rabbitmq");
        say($"RabbitMQ is back; {cameras.Sent.Count} clips were sent, {refused} uploads refused");
        var back = Stopwatch.StartNew();
        await host.DrainAsync(cameras.Sent.Count, say, cancellationToken);
        var drained = back.Elapsed;
        var reckoning = await Ledger.ReckonAsync(api, [.. cameras.Sent], made, say);
        var quarter = Math.Max(memory.Count / 4, 1);
        var result = new OutageResult(
            cameras.Sent.Count, refused, reckoning.Lost, reckoning.Duplicated, Median(memory[..quarter]), Median(memory[^quarter..]),
            drained);
        if (result.IsClean)
            await host.RemoveFolderAsync();
        return result;
    }

    private static long Median(IEnumerable<long> values) =>
        values.Order().ToList() is { Count: > 0 } ordered ? ordered[ordered.Count / 2] : 0;
}
