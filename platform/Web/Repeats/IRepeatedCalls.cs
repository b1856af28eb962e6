namespace Siaga.Web;

/// <summary>Stores creating calls by their <c>Idempotency-Key</c>, so that a repeated call creates nothing again.</summary>
public interface IRepeatedCalls
{
    /// <summary>The call with this name; null when it is new.</summary>
    Task<RepeatedCall?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Adds a call to the current unit of work: it is stored if, and only if, what it creates is saved.</summary>
    void Claim(string name, string fingerprint);

    /// <summary>Stores the answer of a call that has been saved.</summary>
    Task CompleteAsync(string name, SealedAnswer answer, CancellationToken cancellationToken);

    /// <summary>Discards the unsaved changes of the current unit of work.</summary>
    void GiveUp();
}

/// <param name="Fingerprint">Identifies the request's content.</param>
/// <param name="Answer">Null when the call was made but its answer is not (yet) stored.</param>
public sealed record RepeatedCall(string Fingerprint, SealedAnswer? Answer);

/// <param name="Status">Such as 201.</param>
/// <param name="Location">The <c>Location</c> header.</param>
/// <param name="Body">Encrypted; readable only with the client's own key, because it may contain a secret that is shown once.</param>
public sealed record SealedAnswer(int Status, string? Location, byte[] Body);
