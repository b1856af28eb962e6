namespace Siaga.App.Dashboard.Api;

/// <summary>Why a call failed.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Message">For people, in English.</param>
public sealed record Problem(int Status, string Code, string Message)
{
    public static Problem Offline { get; } = new(0, "offline", "The server does not answer.");

    public static Problem SessionEnded { get; } = new(401, "session_ended", "The session has ended.");

    /// <summary>What the page shows is no longer current.</summary>
    public static Problem ChangedMeanwhile { get; } = new(412, "changed_meanwhile", "It has changed since you read it.");

    /// <summary>The invalid field, by its name in the API; null when the problem concerns no single field.</summary>
    public string? Field { get; init; }

    /// <summary>The same call may succeed later.</summary>
    public bool IsPassing => Status is 0 or 429 or >= 500;
}

/// <summary>The result of a call: a value or a problem.</summary>
public readonly record struct Answer<T>(T? Value, Problem? Problem)
{
    /// <summary>Path of the next page; null on the last page, and for what is not a list.</summary>
    public string? Next { get; init; }

    /// <summary>The <c>ETag</c> of the value, for a later change of it; null when the server sent none.</summary>
    public string? Version { get; init; }

    public bool IsOk => Problem is null;
}

/// <summary>The value of a call whose answer has no content.</summary>
public readonly record struct Nothing;
