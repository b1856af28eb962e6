using System.CommandLine;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <summary>The command that <c>eng/chaos</c> runs.</summary>
internal static class ChaosCommand
{
    private static readonly Option<int> s_clips = new("--clips") { Description = "Clips to send.", DefaultValueFactory = _ => 10_000 };

    private static readonly Option<double?> s_minutes =
        new("--minutes") { Description = "Stop sending after so long, however many there were." };

    private static readonly Option<double> s_outage =
        new("--minutes") { Description = "How long the broker is away.", DefaultValueFactory = _ => 10 };

    private static readonly Option<int?> s_seed = new("--seed") { Description = "Repeats the faults of a run, which prints its own." };

    private static readonly Option<int> s_faults = new("--faults") { Description = "Faults at least.", DefaultValueFactory = _ => 200 };

    private static readonly Option<double> s_between =
        new("--between") { Description = "Seconds from one fault to the next, on average.", DefaultValueFactory = _ => 6 };

    private static readonly Option<double> s_rate =
        new("--rate") { Description = "Clips a second, of all cameras together.", DefaultValueFactory = _ => 8 };

    private static readonly Option<string?> s_folder = new("--folder") { Description = "Where to keep the processes' logs." };

    private static readonly Option<FileInfo> s_from =
        new("--from") { Description = "The executable of the version before.", Required = true };

    private static readonly Option<double> s_pause =
        new("--between") { Description = "Seconds from one replacement to the next.", DefaultValueFactory = _ => 10 };

    public static RootCommand Create()
    {
        var command = new RootCommand("Kills, freezes and cuts off every part of Siaga under load, and counts what was lost.")
        {
            s_clips, s_minutes, s_seed, s_faults, s_between, s_rate, s_folder,
        };
        command.SetAction(RunAsync);
        var outage = new Command("outage", "Kills the broker, goes on sending, brings it back, and counts.") { s_outage, s_rate };
        outage.SetAction(OutageAsync);
        command.Add(outage);
        var upgrade = new Command(
            "upgrade",
            "Replaces every process of the version before by this one's while clips come, and counts.") { s_from, s_pause, s_rate };
        upgrade.SetAction(UpgradeAsync);
        command.Add(upgrade);
        command.Add(TrafficCommand.Create());
        command.Add(TrafficCommand.CreateRecount());
        return command;
    }

    private static async Task<int> OutageAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (TestHost.Missing is { } missing)
            return await RefuseAsync(missing);
        var (minutes, rate) = (parsed.GetValue(s_outage), parsed.GetValue(s_rate));
        if (minutes is <= 0 or > 100_000 || rate is < 0.01 or > 10_000)
            return await RefuseAsync("--minutes is more than 0, --rate 0.01 to 10,000.");
        var result = await new OutageRun(TimeSpan.FromMinutes(minutes), rate, line => Console.Error.WriteLine(line))
            .RunAsync(cancellationToken);
        foreach (var wrong in result.Lost.Select(l => $"lost: {l}").Concat(result.Duplicated.Select(d => $"duplicated: {d}")))
            await Console.Out.WriteLineAsync(wrong);
        await Console.Out.WriteLineAsync(result.ToString());
        return result.IsClean ? 0 : 1;
    }

    private static async Task<int> UpgradeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (TestHost.Missing is { } missing)
            return await RefuseAsync(missing);
        var (from, between, rate) = (parsed.GetRequiredValue(s_from), parsed.GetValue(s_pause), parsed.GetValue(s_rate));
        if (!from.Exists || between is < 0 or > 3600 || rate is < 0.01 or > 10_000)
            return await RefuseAsync("--from is an executable that is there, --between 0 to 3600, --rate 0.01 to 10,000.");
        var run = new UpgradeRun(
            from.FullName, Tree.Siaga, TimeSpan.FromSeconds(between), rate, line => Console.Error.WriteLine(line));
        var result = await run.RunAsync(cancellationToken);
        foreach (var wrong in result.Lost.Select(l => $"lost: {l}")
            .Concat(result.Duplicated.Select(d => $"duplicated: {d}"))
            .Concat(result.Unclean).Append(result.Check).OfType<string>())
            await Console.Out.WriteLineAsync(wrong);
        await Console.Out.WriteLineAsync(result.ToString());
        return result.IsClean ? 0 : 1;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (TestHost.Missing is { } missing)
            return await RefuseAsync(missing);
        var (clips, minutes, between, rate) =
            (parsed.GetValue(s_clips), parsed.GetValue(s_minutes), parsed.GetValue(s_between), parsed.GetValue(s_rate));
        if (clips is < 1 or > 10_000_000
            || minutes is <= 0 or > 100_000
            || between is < 0.1 or > 3600
            || rate is < 0.01 or > 10_000
            || parsed.GetValue(s_faults) < 0)
            return await RefuseAsync(
                "--clips is 1 to 10,000,000, --minutes more than 0, --between 0.1 to 3600, --rate 0.01 to 10,000 "
                + "and --faults not below 0.");
        var plan = new ChaosPlan
        {
            Clips = clips,
            Length = minutes is { } m ? TimeSpan.FromMinutes(m) : null,
            Seed = parsed.GetValue(s_seed) ?? Random.Shared.Next(1, 1_000_000),

            // With an explicit duration the run ends after it, however many faults there were.
            Faults = minutes is null || parsed.GetResult(s_faults) is { Implicit: false } ? parsed.GetValue(s_faults) : 0,
            Between = TimeSpan.FromSeconds(between),
            Rate = rate,
            Folder = parsed.GetValue(s_folder),
        };
        var result = await new ChaosRun(plan, line => Console.Error.WriteLine(line)).RunAsync(cancellationToken);
        foreach (var wrong in result.Lost.Select(l => $"lost: {l}")
            .Concat(result.Duplicated.Select(d => $"duplicated: {d}"))
            .Concat(result.Unclean).Append(result.Check).OfType<string>())
            await Console.Out.WriteLineAsync(wrong);
        await Console.Out.WriteLineAsync($"seed {plan.Seed}");
        await Console.Out.WriteLineAsync(result.ToString());
        return result.IsClean ? 0 : 1;
    }

    private static async Task<int> RefuseAsync(string message)
    {
        await Console.Error.WriteLineAsync($"eng/chaos: {message}");
        return 2;
    }
}
