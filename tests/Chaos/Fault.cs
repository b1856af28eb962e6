namespace Siaga.Tests.Chaos;

internal enum FaultKind
{
    /// <summary><c>kill -9</c>, and started again after the pause.</summary>
    Kill,

    /// <summary>SIGTERM, as a service manager stops it: it finishes what it has in hand, ends with 0 and is started again.</summary>
    Stop,

    /// <summary>SIGSTOP for the pause: it keeps its connections and says nothing.</summary>
    Freeze,

    /// <summary>Every connection to it is broken off.</summary>
    Cut,
}

/// <param name="Kind">What happens.</param>
/// <param name="Target">To whom: a process, a server, or the line to one.</param>
/// <param name="Pause">Until it is started again, or goes on.</param>
/// <param name="Wait">From the fault before.</param>
internal sealed record Fault(FaultKind Kind, string Target, TimeSpan Pause, TimeSpan Wait)
{
    /// <summary>An endless row of faults, the same for the same seed.</summary>
    /// <param name="seed">Of the row.</param>
    /// <param name="processes">Siaga's own.</param>
    /// <param name="servers">PostgreSQL, RabbitMQ and S3's gateway.</param>
    /// <param name="lines">What can be cut.</param>
    /// <param name="between">Mean of <see cref="Wait"/>.</param>
    public static IEnumerable<Fault> Row(int seed, IReadOnlyList<string> processes, IReadOnlyList<string> servers, IReadOnlyList<string> lines, TimeSpan between)
    {
        var random = new Random(seed);
        while (true)
        {
            // Half of them hit Siaga itself, a quarter the servers, a quarter the lines.
            var (kind, targets) = random.Next(20) switch
            {
                < 5 => (FaultKind.Kill, processes),
                < 7 => (FaultKind.Stop, processes),
                < 10 => (FaultKind.Freeze, processes),
                < 13 => (FaultKind.Kill, servers),
                < 15 => (FaultKind.Freeze, servers),
                _ => (FaultKind.Cut, lines),
            };
            var target = targets[random.Next(targets.Count)];
            var pause = TimeSpan.FromMilliseconds(kind == FaultKind.Freeze ? random.Next(500, 8000) : random.Next(0, 3000));
            yield return new Fault(kind, target, pause, between * (0.2 + (1.6 * random.NextDouble())));
        }
    }

    public override string ToString() => $"{Kind} {Target}".ToLowerInvariant();
}
