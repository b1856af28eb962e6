namespace Siaga.App.Dashboard.Api;

/// <summary>Why a call did not do what it should.</summary>
/// <param name="Status">HTTP's; 0 when nobody answered.</param>
/// <param name="Code">What it is, for programs.</param>
/// <param name="Message">What it is, for people, in English.</param>
public sealed record Problem(int Status, string Code, string Message)
{
    public static Problem Offline { get; } = new(0, "offline", "The server does not answer.");

    public static Problem SessionEnded { get; } = new(401, "session_ended", "The session has ended.");

    /// <summary>What is to be changed is no longer what the page shows.</summary>
    public static Problem ChangedMeanwhile { get; } = new(412, "changed_meanwhile", "It has changed since you read it.");

    /// <summary>The field that it is about, as the API names it; null: the whole.</summary>
    public string? Field { get; init; }

    /// <summary>Trying again as it is may help.</summary>
    public bool IsPassing => Status is 0 or 429 or >= 500;
}

/// <summary>What a call gave: a value, or the problem.</summary>
public readonly record struct Answer<T>(T? Value, Problem? Problem)
{
    /// <summary>Where the next page is; null: this is the last, or no list.</summary>
    public string? Next { get; init; }

    /// <summary>Of the one thing that it shows (<c>ETag</c>), for a change of it; null: none was told.</summary>
    public string? Version { get; init; }

    public bool IsOk => Problem is null;
}

/// <summary>The answer of a call that gives nothing.</summary>
public readonly record struct Nothing;
