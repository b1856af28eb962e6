namespace Siaga.Ports;

/// <summary>Events for people who listen. Features append events; another feature delivers them.</summary>
public interface IEventLog
{
    /// <summary>
    /// Adds an event to the current transaction: it exists if, and only if, that commits. Transactions with events commit one after the
    /// other, so that event numbers become visible in order and no reader misses an earlier event. So append late and commit soon.
    /// </summary>
    /// <param name="companyId">The company whose people are notified.</param>
    /// <param name="kind">Selects the <see cref="IEventRenderer"/>, and names the event for clients.</param>
    /// <param name="subjectId">The id of the thing that the event is about.</param>
    Task AppendAsync(long companyId, string kind, long subjectId, CancellationToken cancellationToken);

    /// <summary>
    /// Wakes the listeners of this process; call it after the commit. Where the database can
    /// notify, other processes learn of the commit from it.
    /// </summary>
    void Announce();
}

/// <summary>Renders one kind of event. Called when the event is sent, because its URLs are valid for minutes only.</summary>
public interface IEventRenderer
{
    string Kind { get; }

    /// <summary>True when the event contains links to clips, so that sending it is recorded in the access log.</summary>
    bool HasLinks => false;

    /// <summary>
    /// JSON on one line, within the scope of the current services; null when the subject no longer exists or the listener may not see it.
    /// </summary>
    /// <param name="subjectId">As appended.</param>
    /// <param name="publicBase">Scheme and host for URLs.</param>
    Task<string?> RenderAsync(long subjectId, string publicBase, CancellationToken cancellationToken);
}
