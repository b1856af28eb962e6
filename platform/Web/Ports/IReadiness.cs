using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>
/// Knows whether a service of this process can do its work now; that it lives is another question. Registered once a service, by the
/// feature that does the work.
/// </summary>
public interface IReadiness
{
    /// <summary><c>backend</c>, <c>ingestion</c> or <c>worker</c>.</summary>
    string Service { get; }

    /// <summary>Null: ready. An exception, or no answer in two seconds, counts as not ready.</summary>
    Task<Error?> CheckAsync(CancellationToken cancellationToken);
}
