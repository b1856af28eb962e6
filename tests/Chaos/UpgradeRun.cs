using System.Globalization;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <param name="Sent">Clips that were answered with 2xx.</param>
/// <param name="Lost">Clips that were not analysed or have other bytes.</param>
/// <param name="Duplicated">Clips, analyses or anomalies that exist more than once.</param>
/// <param name="Repeated">Uploads that a camera had to repeat.</param>
/// <param name="Unclean">Processes that did not exit with 0 when they were stopped.</param>
/// <param name="Check">The findings of <c>siaga check</c>; null when there were none.</param>
internal sealed record UpgradeResult(
    int Sent, IReadOnlyList<string> Lost, IReadOnlyList<string> Duplicated, int Repeated, IReadOnlyList<string> Unclean, string? Check)
{
    public bool IsClean => Lost.Count == 0 && Duplicated.Count == 0 && Unclean.Count == 0 && Check is null && Sent > 0;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Sent} sent, {Lost.Count} lost, {Duplicated.Count} duplicated, {Repeated} uploads repeated, {Unclean.Count} ended uncleanly");
}

/// <summary>
/// A rolling upgrade: while clips arrive, each process is replaced by another version, one after the other, as a service manager does it.
/// In between both versions share the same tables and queues: new workers receive tasks of old Ingestions and vice versa.
/// </summary>
/// <param name="before">The executable of the old version.</param>
/// <param name="after">The executable of the new version.</param>
/// <param name="between">Time from one replacement to the next.</param>
/// <param name="rate">Clips a second.</param>
/// <param name="say">Receives progress messages.</param>
internal sealed class UpgradeRun(string before, string after, TimeSpan between, double rate, Action<string> say)
{
    private const int CameraCount = 10;

    // One of each kind first, then the others: so both versions do every kind of work for as long as possible.
    private static readonly string[] s_order = ["backend 1", "worker 1", "ingestion 1", "ingestion 2", "worker 2", "backend 2"];

    public async Task<UpgradeResult> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("siaga-upgrade-").FullName;
        await using var host = await TestHost.BuildAsync(folder, backends: 2, ingestions: 2, workers: 2, [], cancellationToken, before);
        say($"two of each run as {before}; logs in {folder}");
        using var api = new Api(host.Backend);
        await api.SignInAsync();
        var made = await TestHost.MakeCamerasAsync(api, CameraCount, companies: 1);
        var clips = new TinyClips();
        using var cameras = new Cameras([.. host.Ingestions.Select(i => i.Address)], made, clips.Make);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = cameras.SendAsync(int.MaxValue, rate, enough.Token);
        foreach (var name in s_order)
        {
            await Task.Delay(between, cancellationToken);
            await host.ReplaceAsync(name, after);
            say($"{name} is replaced; {cameras.Sent.Count} clips are sent");
        }

        await Task.Delay(between, cancellationToken);
        await enough.CancelAsync();
        await sending;
        await host.DrainAsync(cameras.Sent.Count, say, cancellationToken);
        var reckoning = await Ledger.ReckonAsync(api, [.. cameras.Sent], made, say);
        var result = new UpgradeResult(
            cameras.Sent.Count, reckoning.Lost, reckoning.Duplicated, cameras.Refused.Values.Sum(), [.. host.Unclean],
            await host.CheckAsync());
        if (result.IsClean)
            await host.RemoveFolderAsync();
        return result;
    }
}
