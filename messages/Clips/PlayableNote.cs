namespace Siaga.Messages;

/// <summary>
/// The outcome of making a copy that browsers play, one of three: stored, <see cref="PlaysAsIs"/>, or the <see cref="Reason"/> of a
/// failure. <c>PUT /internal/clips/{id}/playable</c>.
/// </summary>
public sealed record PlayableNote
{
    public string? StorageKey { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Browsers play the clip itself, so it needs no copy.</summary>
    public bool PlaysAsIs { get; init; }

    public FailureReason? Reason { get; init; }
}

/// <param name="Code">Stable, such as <c>clip_gone</c>.</param>
/// <param name="Message">A sentence for a person.</param>
public sealed record FailureReason(string Code, string Message);
