using System.Globalization;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <param name="Sent">Clips that were answered 2xx.</param>
/// <param name="Lost">What became of none or of other bytes.</param>
/// <param name="Duplicated">What is there more than once.</param>
/// <param name="Repeated">Uploads that a camera had to send again.</param>
/// <param name="Unclean">Processes that did not end with 0 when they were asked to.</param>
/// <param name="Check">What <c>siaga check</c> found; null: nothing.</param>
internal sealed record UpgradeResult(
    int Sent, IReadOnlyList<string> Lost, IReadOnlyList<string> Duplicated, int Repeated, IReadOnlyList<string> Unclean, string? Check)
{
    public bool IsClean => Lost.Count == 0 && Duplicated.Count == 0 && Unclean.Count == 0 && Check is null && Sent > 0;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Sent} sent, {Lost.Count} lost, {Duplicated.Count} duplicated, {Repeated} uploads repeated, {Unclean.Count} ended uncleanly");
}

/// <summary>
/// Every process is replaced by another version's while clips come, one after the other, as a service manager does it. In the middle both versions
/// run beside each other on the same tables and queues: old Ingestions' tasks come to new workers, and new ones' to old workers.
/// </summary>
/// <param name="before">The executable of the version before.</param>
/// <param name="after">The executable of the next one.</param>
/// <param name="between">From one replacement to the next.</param>
/// <param name="rate">Clips a second.</param>
/// <param name="say">Progress.</param>
internal sealed class UpgradeRun(string before, string after, TimeSpan between, double rate, Action<string> say)
{
    private const int CameraCount = 10;

    // One of each, then the other of each: for as long as possible both versions do every kind of work.
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
            cameras.Sent.Count, reckoning.Lost, reckoning.Duplicated, cameras.Refused.Values.Sum(), [.. host.Unclean], await host.CheckAsync());
        if (result.IsClean)
            await host.RemoveFolderAsync();
        return result;
    }
}
