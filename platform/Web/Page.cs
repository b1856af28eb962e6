using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;

namespace Siaga.Web;

/// <summary>
/// The requested page of a list: <c>?limit=</c> and <c>?cursor=</c>. The cursor is opaque to
/// clients; the next one is in the <c>Link</c> header.
/// </summary>
/// <param name="Limit">Rows, 1 to 200; default 50. A larger number is reduced to 200.</param>
/// <param name="After">The last row of the previous page; null for the first page.</param>
public sealed record Page(int Limit, PageMark? After) : IQueryInput
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("limit", ParameterKind.Number, $"Items a page; default {DefaultLimit}. More than {MaxLimit} gives {MaxLimit}.")
        {
            Range = (1, int.MaxValue),
        },
        new("cursor", ParameterKind.Text, "Where the page begins: from the `Link` of the one before."),
    ];

    /// <summary>Binds a request's query; an invalid one is answered with 400.</summary>
    public static ValueTask<Page?> BindAsync(HttpContext context)
    {
        var limit = DefaultLimit;
        if (context.Request.Query["limit"] is [{ Length: > 0 } text]
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit == 0))
            throw new BadHttpRequestException("'limit' must be a number of at least 1.");
        PageMark? after = null;
        if (context.Request.Query["cursor"] is [{ Length: > 0 } cursor])
            after = PageMark.Parse(cursor) ?? throw new BadHttpRequestException("'cursor' does not come from this list.");
        return ValueTask.FromResult<Page?>(new Page(Math.Min(limit, MaxLimit), after));
    }

    /// <summary>
    /// Answers one page as a bare array. Query <see cref="Limit"/> + 1 rows: the extra row shows that there are more.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="rows">At most <see cref="Limit"/> + 1 rows, in the list's order.</param>
    /// <param name="mark">A row's position in that order.</param>
    /// <param name="item">Converts a row to its JSON item.</param>
    public IResult Answer<TRow, TItem>(HttpContext context, IReadOnlyList<TRow> rows, Func<TRow, PageMark> mark, Func<TRow, TItem> item)
    {
        AddNextLink(context, rows, mark);
        return TypedResults.Ok(rows.Take(Limit).Select(item).ToArray());
    }

    /// <summary>Adds the <c>Link</c> header to the next page when there is one.</summary>
    public void AddNextLink<TRow>(HttpContext context, IReadOnlyList<TRow> rows, Func<TRow, PageMark> mark)
    {
        if (NextLink(context, rows, mark) is { } link)
            context.Response.Headers.Append("Link", link);
    }

    /// <summary>The value of the <c>Link</c> header; null on the last page.</summary>
    public string? NextLink<TRow>(HttpContext context, IReadOnlyList<TRow> rows, Func<TRow, PageMark> mark)
    {
        if (rows.Count <= Limit)
            return null;
        var query = context.Request.Query
            .Where(q => !string.Equals(q.Key, "cursor", StringComparison.OrdinalIgnoreCase))
            .SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value ?? ""))
            .Append(KeyValuePair.Create("cursor", mark(rows[Limit - 1]).ToString()));
        var address = context.RequestServices.GetRequiredService<PublicUrls>().BaseOf(context) + context.Request.Path
            + new QueryBuilder(query);
        return $"<{address}>; rel=\"next\"";
    }
}

/// <summary>A position in a list that is ordered by one number, or by one with a second for ties.</summary>
/// <param name="First">The sort key, e.g. an id, or a time in ticks.</param>
/// <param name="Second">The id where <paramref name="First"/> is not unique; otherwise 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PageMark(long First, long Second = 0)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{First}.{Second}")));

    /// <summary>Null for a cursor that this class did not write.</summary>
    public static PageMark? Parse(string cursor)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (cursor.Length > 80 || !Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var length))
            return null;
        return Encoding.ASCII.GetString(bytes[..length]).Split('.') is [var first, var second]
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
            && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var b)
            ? new PageMark(a, b)
            : null;
    }
}
