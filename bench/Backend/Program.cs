using System.Globalization;
using Siaga.Bench.Backend;
using Siaga.Tests.Servers;

// The figures in bench/README.md, which lists the commands.
if (args is not ["anomalies", .. var rest]
    || rest.Length > 1
    || (rest is [var count] && !long.TryParse(count, CultureInfo.InvariantCulture, out _)))
{
    Console.Error.WriteLine("bench/Backend: anomalies [ROWS]");
    return 2;
}

if (PostgresServer.Missing is { } reason)
{
    Console.Error.WriteLine($"bench/Backend: {reason}");
    return 2;
}

await using var host = await TestHost.StartAsync(rest is [var rows] ? long.Parse(rows, CultureInfo.InvariantCulture) : 1_000_000);
await AnomaliesBench.RunAsync(host);
return 0;
