using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>
/// Checks whether a service of this process can do its work; whether the process is alive is a separate question. The feature that does the
/// work registers it, once per service.
/// </summary>
public interface IReadiness
{
    /// <summary><c>backend</c>, <c>ingestion</c> or <c>worker</c>.</summary>
    string Service { get; }

    /// <summary>Null when ready. An exception, or no answer within two seconds, counts as not ready.</summary>
    Task<Error?> CheckAsync(CancellationToken cancellationToken);
}
