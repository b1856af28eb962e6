using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Operations;

/// <summary>A service's health by the heartbeats of its processes: it works when one of them is ready.</summary>
internal abstract class ServiceProbe(string service, string part, IServiceScopeFactory scopes, TimeProvider time) : IHealthProbe
{
    /// <summary>Three missed heartbeats: a process sends one every 15 seconds.</summary>
    internal static readonly TimeSpan s_silence = TimeSpan.FromSeconds(45);

    public string Part => part;

    public async Task<HealthState> CheckAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();

        // A worker that a company runs itself says nothing about ours.
        var seen = await db.Set<ServiceSighting>().AsNoTracking().Where(s => s.Service == service && s.CompanyId == 0)
            .OrderBy(s => s.Name).ToListAsync(cancellationToken);
        return StateOf(seen, time.GetUtcNow());
    }

    /// <param name="seen">The processes of one service, by name.</param>
    internal static HealthState StateOf(List<ServiceSighting> seen, DateTimeOffset now)
    {
        var alive = seen.Where(s => now - s.LastSeenAt <= s_silence).ToList();
        var processes = seen
            .Select(s => new HealthProcess(s.Name, s.Ready && now - s.LastSeenAt <= s_silence, s.Status ?? "ok", s.Version, s.LastSeenAt))
            .ToList();
        return new HealthState(alive.Any(s => s.Ready), StatusOf(seen, alive)) { Processes = processes };
    }

    private static string StatusOf(List<ServiceSighting> seen, List<ServiceSighting> alive)
    {
        if (seen.Count == 0)
            return "never seen";
        if (alive.Count == 0)
            return $"not seen since {seen.Max(s => s.LastSeenAt):yyyy-MM-dd'T'HH:mm:ss'Z'}";
        var ready = alive.Count(s => s.Ready);
        return ready == alive.Count ? "ok" : $"{ready} of {alive.Count} ready: {alive.First(s => !s.Ready).Status}";
    }
}

internal sealed class IngestionProbe(IServiceScopeFactory scopes, TimeProvider time)
    : ServiceProbe(ServiceSighting.Ingestion, "ingestion", scopes, time);

internal sealed class WorkerProbe(IServiceScopeFactory scopes, TimeProvider time)
    : ServiceProbe(ServiceSighting.Worker, "ai_worker", scopes, time);
