using System.Diagnostics;
using System.Globalization;

namespace Siaga.Bench.Backend;

/// <summary>
/// Measures <c>GET /api/anomalies</c>: the depth of a page must not matter, and the rate is compared with a constant of the same size.
/// </summary>
internal static class AnomaliesBench
{
    private const int AtOnce = 16;
    private const int Rounds = 7;

    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(2);
    private static readonly DateTimeOffset s_longAgo = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static long s_asked;

    public static async Task RunAsync(TestHost host)
    {
        await DepthAsync("a person's company, 10 a page", host.People[0], "api/anomalies?limit=10");
        await DepthAsync("a superadmin, 50 a page", host.Root, "api/anomalies");
        await RateAsync("first pages of 20 companies, 50 a page", host, host.People, "api/anomalies");
        await RateAsync("first pages of 20 companies, 10 a page", host, host.People, "api/anomalies?limit=10");
        var deep = await PageAsync(host.People[0], "api/anomalies?limit=10", 500);
        await RateAsync("page 500 of a company, 10 a page", host, [host.People[0]], deep);

        // Caches do not help here: every call queries the database.
        await DepthAsync("one company, 10 a page, never asked before", host.People[0], "api/anomalies?limit=10", Anew);
        await RateAsync("first pages of 20 companies, 50 a page, never asked before", host, host.People, "api/anomalies?limit=50", Anew);
        await RateAsync("first pages of 20 companies, 10 a page, never asked before", host, host.People, "api/anomalies?limit=10", Anew);
    }

    /// <summary>The same rows, requested with a query string that was not used before.</summary>
    private static string Anew(string path)
    {
        var from = s_longAgo + TimeSpan.FromMilliseconds(Interlocked.Increment(ref s_asked));
        return $"{path}&from={from.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)}";
    }

    private static async Task DepthAsync(string what, HttpClient client, string path, Func<string, string>? word = null)
    {
        string[] pages = [path, await PageAsync(client, path, 500)];
        var took = pages.Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < 400; i++)
        {
            for (var page = 0; page < pages.Length; page++)
            {
                var start = Stopwatch.GetTimestamp();
                await client.GetByteArrayAsync(new Uri(word?.Invoke(pages[page]) ?? pages[page], UriKind.RelativeOrAbsolute));
                took[page].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        var (first, deep) = (Median(took[0].Skip(100)), Median(took[1].Skip(100)));
        Say($"{what}: first page {first:0.00} ms, page 500 {deep:0.00} ms, ratio {deep / first:0.00}");
    }

    /// <summary>The URL of a page, found by following links as clients do.</summary>
    private static async Task<string> PageAsync(HttpClient client, string path, int number)
    {
        for (var page = 1; page < number; page++)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
            var link = answer.EnsureSuccessStatusCode().Headers.GetValues("Link").Single();
            path = link[1..link.IndexOf('>', StringComparison.Ordinal)];
        }

        return path;
    }

    private static async Task RateAsync(
        string what, TestHost host, IReadOnlyList<HttpClient> clients, string path, Func<string, string>? word = null)
    {
        var sample = await clients[0].GetByteArrayAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        host.Answer(sample);
        var (list, constant) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            // Alternate, so that other load on the machine affects both.
            constant.Add(await PerSecondAsync([host.Anonymous], () => "constant"));
            list.Add(await PerSecondAsync(clients, () => word?.Invoke(path) ?? path));
        }

        var ratio = Median(list.Zip(constant, (l, c) => l / c));
        Say($"{what} ({sample.Length} bytes): {Median(list):0} a second, the constant {Median(constant):0}, ratio {ratio:0.00}");
    }

    private static async Task<double> PerSecondAsync(IReadOnlyList<HttpClient> clients, Func<string> path)
    {
        var (start, done) = (Stopwatch.GetTimestamp(), 0L);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async worker =>
        {
            var buffer = new byte[64 * 1024];
            for (var i = worker; Stopwatch.GetElapsedTime(start) < s_round; i++)
            {
                await using var body = await clients[i % clients.Count].GetStreamAsync(new Uri(path(), UriKind.RelativeOrAbsolute));
                while (await body.ReadAsync(buffer) > 0)
                {
                }

                Interlocked.Increment(ref done);
            }
        }));
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
