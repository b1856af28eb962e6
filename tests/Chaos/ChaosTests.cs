using Siaga.Tests.Servers;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Siaga.Tests.Chaos.StopServers))]

// The tests share the servers, and one test's faults would break the others.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Siaga.Tests.Chaos;

/// <summary>Stops this process's servers after the last test.</summary>
public sealed class StopServers : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await KeptServer.StopAsync();
}

public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Three_minutes_in_which_everything_is_killed_lose_nothing_and_report_nothing_twice()
    {
        if (TestHost.Missing is { } reason)
            Assert.Skip(reason);

        // SIAGA_SEED repeats a run's faults; what they hit still depends on the machine's timing.
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SIAGA_SEED"), out var given) ? given : Random.Shared.Next(1, 1_000_000);
        Console.Error.WriteLine($"SIAGA_SEED={seed}");
        var plan =
            new ChaosPlan { Seed = seed, Length = TimeSpan.FromMinutes(3), Faults = 20, Between = TimeSpan.FromSeconds(5), Rate = 1.2 };
        var result = await new ChaosRun(plan, output.WriteLine).RunAsync(TestContext.Current.CancellationToken);
        output.WriteLine(result.ToString());
        Assert.Empty(result.Lost);
        Assert.Empty(result.Duplicated);
        Assert.Empty(result.Unclean);
        Assert.Null(result.Check);
        Assert.True(result.Sent > 100, $"only {result.Sent} clips were sent: it was no load");
    }

    [Fact]
    public async Task A_broker_that_is_away_stops_no_upload_and_costs_no_clip()
    {
        if (TestHost.Missing is { } reason)
            Assert.Skip(reason);
        var result = await new OutageRun(TimeSpan.FromSeconds(20), 2, output.WriteLine).RunAsync(TestContext.Current.CancellationToken);
        output.WriteLine(result.ToString());
        Assert.True(result.IsClean, result.ToString());
    }
}
