using System.Diagnostics;

namespace Siaga.Bench.Cluster;

/// <summary>
/// Processor time of this machine's servers by kind, except PostgreSQL, whose processes rename themselves. Compared with this process's own
/// time it shows what is saturated.
/// </summary>
internal sealed class ServerTimes
{
    private static readonly (string Process, string Name)[] s_servers =
        [("beam.smp", "RabbitMQ"), ("radosgw", "S3 gateway"), ("ceph-osd", "S3 store")];

    private readonly Dictionary<string, TimeSpan> _before = Read();

    /// <summary>Processor time since creation, in cores.</summary>
    public string Over(TimeSpan time)
    {
        var now = Read();
        return string.Join(
            ", ", s_servers.Select(s => FormattableString.Invariant($"{s.Name} {(now[s.Name] - _before[s.Name]) / time:0.00}")));
    }

    private static Dictionary<string, TimeSpan> Read() =>
        s_servers.ToDictionary(s => s.Name, s => TimeOf(s.Process), StringComparer.Ordinal);

    private static TimeSpan TimeOf(string name)
    {
        var sum = TimeSpan.Zero;
        foreach (var process in Process.GetProcessesByName(name))
        {
            using (process)
                sum += process.TotalProcessorTime;
        }

        return sum;
    }
}
