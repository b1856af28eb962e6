namespace Siaga.Web;

/// <summary>Things that happened, told to the people who listen. A feature appends; another one delivers.</summary>
public interface IEventLog
{
    /// <summary>
    /// Adds an event to the transaction in hand: it happened if, and only if, that is committed. Transactions with events end one after the
    /// other, so that their numbers are seen in their order and nobody who has read one misses an earlier one: append late, and commit soon.
    /// </summary>
    /// <param name="companyId">Whose people are told.</param>
    /// <param name="kind">Names the <see cref="IEventRenderer"/>, and the event that clients see.</param>
    /// <param name="subjectId">What it is about.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AppendAsync(long companyId, string kind, long subjectId, CancellationToken cancellationToken);

    /// <summary>Wakes the listeners of this process; call it after the commit. Those of other processes hear of the commit by themselves where the database tells them.</summary>
    void Announce();
}

/// <summary>Tells one kind of event. Called when it is sent, for its URLs live for minutes.</summary>
public interface IEventRenderer
{
    string Kind { get; }

    /// <summary>True where it tells links to clips: who got them is written down.</summary>
    bool HasLinks => false;

    /// <summary>JSON on one line, within the scope of the services in hand; null when its subject is not there for the listener.</summary>
    /// <param name="subjectId">As appended.</param>
    /// <param name="publicBase">Scheme and host for URLs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<string?> RenderAsync(long subjectId, string publicBase, CancellationToken cancellationToken);
}
