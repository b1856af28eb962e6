namespace Siaga.Web;

/// <summary>Remembers creating calls by their <c>Idempotency-Key</c>, so that one which is sent again creates nothing again.</summary>
public interface IRepeatedCalls
{
    /// <summary>The call of this name; null: it is new.</summary>
    Task<RepeatedCall?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Adds a call to the unit of work in hand: it is remembered if, and only if, what it creates is saved.</summary>
    void Claim(string name, string fingerprint);

    /// <summary>Keeps the answer of a call that has been saved.</summary>
    Task CompleteAsync(string name, SealedAnswer answer, CancellationToken cancellationToken);

    /// <summary>Drops what the unit of work in hand has not saved.</summary>
    void GiveUp();
}

/// <param name="Fingerprint">Of what was sent.</param>
/// <param name="Answer">Null: it was made, and its answer is not known (yet).</param>
public sealed record RepeatedCall(string Fingerprint, SealedAnswer? Answer);

/// <param name="Status">Such as 201.</param>
/// <param name="Location">The header.</param>
/// <param name="Body">Readable only with the client's own key: an answer may hold a secret that is shown once.</param>
public sealed record SealedAnswer(int Status, string? Location, byte[] Body);
