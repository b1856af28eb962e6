using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Siaga.Web;

/// <summary>
/// The query parameters <c>from</c> (inclusive) and <c>to</c> (exclusive): RFC 3339 times with an offset. Null where absent.
/// </summary>
public sealed record TimeRange(DateTimeOffset? From, DateTimeOffset? To) : IQueryInput
{
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("from", ParameterKind.Time, "The first moment that counts."),
        new("to", ParameterKind.Time, "The first moment that no longer counts."),
    ];

    public static ValueTask<TimeRange?> BindAsync(HttpContext context) =>
        ValueTask.FromResult<TimeRange?>(new TimeRange(Read(context, "from"), Read(context, "to")));

    /// <summary>Null when the text is not an RFC 3339 time with an offset.</summary>
    public static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time)
            ? time
            : null;

    private static DateTimeOffset? Read(HttpContext context, string name)
    {
        if (context.Request.Query[name] is not [{ Length: > 0 } text])
            return null;

        // An unescaped '+' in a query arrives as a space.
        return Parse(text) ?? Parse(text.Replace(' ', '+'))
            ?? throw new BadHttpRequestException($"'{name}' must be a time such as 2026-11-24T08:00:00Z.");
    }
}
