namespace Siaga.Primitives;

/// <summary>
/// Logs an outage without a line for each piece of work that fails: the first failure at once, then the number of failures once a minute,
/// and the duration at the end. For expected failures; a surprise is logged with its stack trace.
/// </summary>
public interface IOutageLog
{
    /// <summary>True during an outage. While it is false, successes need not be reported.</summary>
    bool Any { get; }

    /// <summary>Counts work that failed because of an outage.</summary>
    /// <param name="away">What is unavailable: a stable code, such as <c>storage_unavailable</c>.</param>
    /// <param name="work">What failed, such as <c>POST /ingest/video</c>: one of a few names, without ids.</param>
    /// <param name="why">For the operator, without a full stop. The newest one is logged.</param>
    void Failed(string away, string work, string why);

    /// <summary>Counts work that failed, if an <see cref="IFailureMapper"/> recognises the exception as an outage.</summary>
    /// <returns>False for a surprise, which the caller logs with its stack trace.</returns>
    bool Expects(Exception exception, string work);

    /// <summary>Reports that work of this name succeeded, which ends the outage for it.</summary>
    void Worked(string work);
}

/// <summary>Describes an exception in one line.</summary>
public static class OutageCauses
{
    // Characters.
    private const int Longest = 300;

    /// <inheritdoc cref="IOutageLog.Failed"/>
    public static void Failed(this IOutageLog outages, string away, string work, Exception cause) =>
        outages.Failed(away, work, cause.InOneLine());

    /// <summary>The messages of the innermost exception and of the one above it, which usually names what is affected.</summary>
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
