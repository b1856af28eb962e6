using Siaga.Primitives;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>Remembers which outages were told, and expects the exceptions that it is told to expect.</summary>
internal sealed class FakeOutages : IOutageLog
{
    public Func<Exception, bool> Expected { get; init; } = _ => false;

    /// <summary>Such as <c>storage_unavailable: POST /ingest/video</c>.</summary>
    public List<string> Failures { get; } = [];

    public List<string> Successes { get; } = [];

    public bool Any => Failures.Count > 0;

    public void Failed(string away, string work, string why) => Failures.Add($"{away}: {work}");

    public bool Expects(Exception exception, string work) => Expected(exception);

    public void Worked(string work) => Successes.Add(work);
}
