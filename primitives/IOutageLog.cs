namespace Siaga.Primitives;

/// <summary>
/// Says in the log that something is away, without a line for each piece of work that fails for it: the first is said at once, then how
/// many there were, once a minute, and at the end how long it took. For expected failures; a surprise is logged with its stack trace.
/// </summary>
public interface IOutageLog
{
    /// <summary>Something is away now. While it is false nothing needs to be said to have worked.</summary>
    bool Any { get; }

    /// <summary>Counts work that failed because something is away.</summary>
    /// <param name="away">What: a stable code, such as <c>storage_unavailable</c>.</param>
    /// <param name="work">What failed, such as <c>POST /ingest/video</c>: one of a few, without ids.</param>
    /// <param name="why">For the operator, without a full stop. The newest one is told.</param>
    void Failed(string away, string work, string why);

    /// <summary>Counts work that failed, if an <see cref="IFailureMapper"/> knows that something is away.</summary>
    /// <returns>False: it is a surprise, which the caller logs with its stack trace.</returns>
    bool Expects(Exception exception, string work);

    /// <summary>This work, as it was named when it failed, was done: what it needs is there again.</summary>
    void Worked(string work);
}

/// <summary>An exception in one line.</summary>
public static class OutageCauses
{
    // Characters.
    private const int Longest = 300;

    /// <inheritdoc cref="IOutageLog.Failed"/>
    public static void Failed(this IOutageLog outages, string away, string work, Exception cause) =>
        outages.Failed(away, work, cause.InOneLine());

    /// <summary>What its first cause says, and the one above that, which mostly names whom it concerns. Others only point below.</summary>
    public static string InOneLine(this Exception exception)
    {
        var (above, cause) = (exception, exception);
        while (cause.InnerException is { } inner)
            (above, cause) = (cause, inner);
        var (said, why) = (FirstLine(above.Message), FirstLine(cause.Message));
        var text = (said.Contains(why, StringComparison.Ordinal) ? said : $"{said} {why}").TrimEnd('.', ' ');
        return text.Length > Longest ? text[..Longest] + "…" : text;
    }

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n', 2)[0];
}
