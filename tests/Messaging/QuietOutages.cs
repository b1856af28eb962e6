using Siaga.Primitives;

namespace Siaga.Tests.Messaging;

/// <summary>An outage log for tests that are not about outages.</summary>
public sealed class QuietOutages : IOutageLog
{
    public bool Any => false;

    public bool Expects(Exception exception, string work) => false;

    public void Failed(string away, string work, string why)
    {
    }

    public void Worked(string work)
    {
    }
}
