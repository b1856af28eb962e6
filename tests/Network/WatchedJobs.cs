namespace Siaga.Tests.Network;

/// <summary>
/// Runs all jobs once for all tests. The servers are watched for as long as the program without the switch needs to be noticed: it is
/// started after they have loaded their models and done their work.
/// </summary>
public sealed class WatchedJobs : IAsyncLifetime
{
    private static readonly string[] s_short =
        [Jobs.Analyse, Jobs.ModelRun, BareModel.WithSwitch, BareModel.DotNetSetter, BareModel.EventsDisabled];

    private readonly Dictionary<string, Sightings> _seen = new(StringComparer.Ordinal);
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await using var up = Namespace.Start(Jobs.Up);
            await using var worker = Namespace.Start(Jobs.Worker);
            await Task.WhenAll(up.Done, worker.Done);
            await using var loud = Namespace.Start(BareModel.WithoutSwitch);
            foreach (var job in s_short)
                _seen[job] = await Namespace.WatchAsync(job);
            _seen[BareModel.WithoutSwitch] = await loud.EndAsync();
            _seen[Jobs.Up] = await up.EndAsync();
            _seen[Jobs.Worker] = await worker.EndAsync();
        }
        catch (NoNamespaceException e)
        {
            _missing = e.Message;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What a job did; skips the test where namespaces are not available.</summary>
    internal Sightings Of(string job)
    {
        Assert.SkipWhen(_missing is not null, $"No namespaces for us here: {_missing}");
        var seen = _seen[job];
        Assert.True(seen.Failure is null, $"{seen.Failure}\nSeen meanwhile:\n{seen.Listed}");
        return seen;
    }
}
