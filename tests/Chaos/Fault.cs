namespace Siaga.Tests.Chaos;

internal enum FaultKind
{
    /// <summary><c>kill -9</c>, then a restart after the pause.</summary>
    Kill,

    /// <summary>SIGTERM, as from a service manager: the process finishes its work, exits with 0 and is started again.</summary>
    Stop,

    /// <summary>SIGSTOP for the length of the pause: the process keeps its connections and does not respond.</summary>
    Freeze,

    /// <summary>Breaks every connection to the target.</summary>
    Cut,
}

/// <param name="Kind">What happens.</param>
/// <param name="Target">The process, server or connection that is hit.</param>
/// <param name="Pause">Time until it is started again or continues.</param>
/// <param name="Wait">Time since the previous fault.</param>
internal sealed record Fault(FaultKind Kind, string Target, TimeSpan Pause, TimeSpan Wait)
{
    /// <summary>An endless sequence of faults, the same for the same seed.</summary>
    /// <param name="seed">Seed of the sequence.</param>
    /// <param name="processes">Siaga's own processes.</param>
    /// <param name="servers">PostgreSQL, RabbitMQ and the S3 gateway.</param>
    /// <param name="lines">Connections that can be cut.</param>
    /// <param name="between">Mean of <see cref="Wait"/>.</param>
    public static IEnumerable<Fault> Row(
        int seed, IReadOnlyList<string> processes, IReadOnlyList<string> servers, IReadOnlyList<string> lines, TimeSpan between)
    {
        var random = new Random(seed);
        while (true)
        {
            // Half of the faults hit Siaga itself, a quarter the servers, a quarter the connections.
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
