namespace Siaga.Primitives;

/// <summary>What went wrong, chosen where it is known; mapped to an HTTP status or an exit code in one place each.</summary>
public enum ErrorKind
{
    /// <summary>The input can never work as it stands (400).</summary>
    Invalid,

    /// <summary>Nobody we know is asking (401).</summary>
    Unauthenticated,

    /// <summary>Known, but not allowed (403).</summary>
    Forbidden,

    /// <summary>Not there, or not the caller's (404).</summary>
    NotFound,

    /// <summary>Against what is there already (409).</summary>
    Conflict,

    /// <summary>Meant for a version that is no longer the newest (412).</summary>
    Stale,

    /// <summary>More than the limit (413).</summary>
    TooLarge,

    /// <summary>A kind of content that nobody here reads (415).</summary>
    Unsupported,

    /// <summary>Too often (429).</summary>
    TooMany,

    /// <summary>Would work later: a full disk, a service that is down (503).</summary>
    Unavailable,
}
