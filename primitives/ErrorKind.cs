namespace Siaga.Primitives;

/// <summary>The kind of a failure, chosen at its source; mapped to an HTTP status and to an exit code in one place each.</summary>
public enum ErrorKind
{
    /// <summary>The input can never work (400).</summary>
    Invalid,

    /// <summary>The caller is not authenticated (401).</summary>
    Unauthenticated,

    /// <summary>The caller is authenticated, but not allowed (403).</summary>
    Forbidden,

    /// <summary>It does not exist, or is not the caller's (404).</summary>
    NotFound,

    /// <summary>It conflicts with the current state (409).</summary>
    Conflict,

    /// <summary>It was meant for a version that is no longer the newest (412).</summary>
    Stale,

    /// <summary>It exceeds a size limit (413).</summary>
    TooLarge,

    /// <summary>The content type is not supported (415).</summary>
    Unsupported,

    /// <summary>Too many requests (429).</summary>
    TooMany,

    /// <summary>It may work later: a full disk, a service that is down (503).</summary>
    Unavailable,
}
