namespace Siaga.Web;

/// <summary>Knows how another part of the system is. Registered by whoever can tell: a composition, an adapter.</summary>
public interface IHealthProbe
{
    /// <summary>The report's field: <c>ingestion</c>, <c>ai_worker</c>, <c>push_service</c> or <c>media_server</c>.</summary>
    string Part { get; }

    Task<HealthState> CheckAsync(CancellationToken cancellationToken);
}

/// <param name="Ok">True when it works now.</param>
/// <param name="Status">A few words for a person.</param>
public sealed record HealthState(bool Ok, string Status);
