using System.Diagnostics;
using System.Globalization;

namespace Siaga.Bench.Analysis;

/// <summary>Times several ways of doing the same work in turns, so that a busy moment of the machine affects all of them.</summary>
internal static class Rounds
{
    public const int AtOnce = 2;
    private const int Count = 7;

    /// <summary>Number of repetitions for a round of one to two seconds.</summary>
    public static int SizeOf(Action once)
    {
        once();
        var start = Stopwatch.GetTimestamp();
        once();
        return Math.Clamp((int)(AtOnce * 1.5 / Stopwatch.GetElapsedTime(start).TotalSeconds), AtOnce * 2, 400);
    }

    /// <summary>The median clips a second of each way, and the median of the rounds' ratios.</summary>
    public static (double[] PerSecond, double[] Ratios) Compare(int size, params Action[] ways)
    {
        var rates = ways.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Count; round++)
        {
            // Alternately forwards and backwards, so that no way always follows the same other one.
            foreach (var way in round % 2 == 0 ? Enumerable.Range(0, ways.Length) : Enumerable.Range(0, ways.Length).Reverse())
            {
                var start = Stopwatch.GetTimestamp();
                Parallel.For(0, size, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, _ => ways[way]());
                rates[way].Add(size / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        return ([.. rates.Select(Median)], [.. rates.Select(r => Median(rates[0].Zip(r, (first, other) => first / other)))]);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }

    /// <summary>Peak memory of this process, in MB, while it does something <see cref="AtOnce"/> at once.</summary>
    public static double PeakOf(Action once)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        // Linux then counts the peak from the memory that is in use now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        Parallel.For(0, AtOnce * 3, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, _ => once());
        return PeakMegabytes();
    }

    /// <summary>Peak memory of this process in MB.</summary>
    public static double PeakMegabytes() => File.ReadLines("/proc/self/status")
        .Where(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(l => double.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024).Single();
}
