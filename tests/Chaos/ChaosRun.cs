using System.Diagnostics;
using System.Globalization;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <param name="Sent">Clips that were answered with 2xx.</param>
/// <param name="Lost">Clips that were not analysed or have other bytes.</param>
/// <param name="Duplicated">Clips, analyses or anomalies that exist more than once.</param>
/// <param name="Faults">Faults that were caused.</param>
/// <param name="Unclean">Processes that did not exit with 0 when they were stopped.</param>
/// <param name="Check">The findings of <c>siaga check</c>; null when there were none.</param>
internal sealed record ChaosResult(
    int Sent, IReadOnlyList<string> Lost, IReadOnlyList<string> Duplicated, int Faults, IReadOnlyList<string> Unclean, string? Check)
{
    public bool IsClean => Lost.Count == 0 && Duplicated.Count == 0 && Unclean.Count == 0 && Check is null && Sent > 0;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Sent} sent, {Lost.Count} lost, {Duplicated.Count} duplicated, {Faults} faults");
}

/// <summary>
/// Tests the no-loss contract on several processes: everything that can be killed is killed again and again, and nothing that was answered
/// with 2xx may be lost.
/// </summary>
internal sealed class ChaosRun(ChaosPlan plan, Action<string> say)
{
    private const int Companies = 4;

    private static readonly TimeSpan s_report = TimeSpan.FromSeconds(15);

    private readonly Stopwatch _time = Stopwatch.StartNew();
    private int _faults;

    public async Task<ChaosResult> RunAsync(CancellationToken cancellationToken)
    {
        var folder = plan.Folder ?? Directory.CreateTempSubdirectory("siaga-chaos-").FullName;
        Directory.CreateDirectory(folder);
        Say($"seed {plan.Seed}; logs in {folder}");
        await using var host = await TestHost.BuildAsync(folder, backends: 2, ingestions: 2, workers: 3, [], cancellationToken);
        Say("two Backends, two Ingestions and three Workers run");
        using var api = new Api(host.Backend);
        await api.SignInAsync();
        var made = await TestHost.MakeCamerasAsync(api, plan.Cameras, Companies);
        var clips = new TinyClips();
        using var cameras = new Cameras([.. host.Ingestions.Select(i => i.Address)], made, clips.Make);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (plan.Length is { } length)
            enough.CancelAfter(length);
        using var calm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _time.Restart();
        var suffering = SufferAsync(host, calm.Token);
        await using var reporting = new Timer(_ => Say(Progress(cameras, host)), null, s_report, s_report);
        await cameras.SendAsync(plan.Clips, plan.Rate, enough.Token);
        Say($"{cameras.Sent.Count} clips are sent");
        while (Volatile.Read(ref _faults) < plan.Faults && !suffering.IsCompleted && !cancellationToken.IsCancellationRequested)
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None), suffering);
        await calm.CancelAsync();
        await suffering;
        Say($"{_faults} faults are done; everything is let be");
        await host.DrainAsync(cameras.Sent.Count, Say, cancellationToken);
        Say(
            "answers that were not 2xx: "
            + $"{string.Join(", ", cameras.Refused.OrderBy(r => r.Key).Select(r => $"{r.Value} × {(r.Key == 0 ? "broken" : r.Key)}"))}");
        Say($"starts after the first: {string.Join(", ", host.Members.Values.Select(m => $"{m.Name} {m.Restarts}"))}");

        // The API client signed in before, and tokens remain valid whatever happened to the Backends.
        var reckoning = await Ledger.ReckonAsync(api, [.. cameras.Sent], made, Say);
        Say("siaga check --content");
        var check = await host.CheckAsync();
        var result = new ChaosResult(cameras.Sent.Count, reckoning.Lost, reckoning.Duplicated, _faults, [.. host.Unclean], check);
        Say($"{result}; {check ?? "siaga check finds everything in its place"}");
        if (plan.Folder is null && result.IsClean)
            await host.RemoveFolderAsync();
        return result;
    }

    private void Say(string line) => say(string.Create(CultureInfo.InvariantCulture, $"{_time.Elapsed:hh\\:mm\\:ss} {line}"));

    private string Progress(Cameras cameras, TestHost host) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cameras.Sent.Count} sent, {_faults} faults, {host.CountAnalyses()} analysed; "
        + $"{string.Join(", ", host.Members.Values.Select(m => $"{m.Name} {m.Memory / 1_000_000} MB"))}");

    private async Task SufferAsync(TestHost host, CancellationToken calm)
    {
        var going = new List<Task>();
        foreach (var fault in Fault.Row(plan.Seed, [.. host.Members.Keys], host.Servers, host.Lines, plan.Between))
        {
            try
            {
                await Task.Delay(fault.Wait, calm);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            going.RemoveAll(t => t.IsCompletedSuccessfully);
            if (going.Find(t => t.IsFaulted) is { } failed)
                await failed;
            going.Add(OneAsync(fault));
        }

        // Everything has recovered before the clips are counted.
        await Task.WhenAll(going);

        async Task OneAsync(Fault fault)
        {
            await host.SufferAsync(fault);
            Interlocked.Increment(ref _faults);
        }
    }
}
