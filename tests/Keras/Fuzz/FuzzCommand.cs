using System.Diagnostics;
using System.Globalization;

namespace Siaga.Tests.Keras.Fuzz;

/// <summary>
/// The long run: <c>eng/fuzz-keras [--count 20000] [--seed 1] [--save FOLDER]</c>. <c>--file FILE</c> reads a saved file in this process.
/// </summary>
internal static class FuzzCommand
{
    private const int DefaultCount = 20_000;

    public static int Run(string[] args)
    {
        if (args is ["--file", var file])
        {
            Console.WriteLine(FuzzChild.Outcome(file));
            return 0;
        }

        var (count, seed, folder) = (DefaultCount, 1, "fuzz-failures");
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--count": count = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--seed": seed = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
                case "--save": folder = args[i + 1]; break;
                default: return Usage();
            }
        }

        if (args.Length % 2 != 0 || count <= 0)
            return Usage();
        var clock = Stopwatch.StartNew();
        // Save findings at once, because a long run may be stopped.
        var report = FuzzRun.RunAsync(seed, count, finding =>
        {
            Console.Error.WriteLine(finding);
            Keep(folder, finding);
        }).GetAwaiter().GetResult();
        foreach (var (outcome, files) in report.Outcomes.OrderByDescending(o => o.Value))
            Console.WriteLine($"{files,7}  {outcome}");
        Console.WriteLine($"{count} files from seed {seed} in {clock.Elapsed.TotalSeconds:0} s; the slowest took {report.SlowestMs.Ms} "
            + $"ms of the processor's time (seed {report.SlowestMs.Number}); "
            + $"at most {report.PeakBytes >> 20} MiB; {report.Findings.Count} findings");
        if (report.Findings.Count > 0)
            Console.WriteLine($"Their files are in {Path.GetFullPath(folder)}; one alone again: eng/fuzz-keras --count 1 --seed NUMBER");
        return report.Findings.Count == 0 ? 0 : 1;
    }

    private static void Keep(string folder, Finding finding)
    {
        Directory.CreateDirectory(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"{finding.Kind.ToLowerInvariant()}-{finding.Number}.bin");
        File.WriteAllBytes(Path.Combine(folder, name), Mutation.Of(finding.Number).File);
    }

    private static int Usage()
    {
        Console.Error.WriteLine("usage: eng/fuzz-keras [--count 20000] [--seed 1] [--save FOLDER] | --file FILE");
        return 2;
    }
}
