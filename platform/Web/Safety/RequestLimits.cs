using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace Siaga.Web;

/// <summary>
/// Limits the size of query and headers. The server's own limits are higher, because it closes the connection without an explanation.
/// </summary>
internal static class RequestLimits
{
    /// <summary>Characters of the query, still escaped.</summary>
    public const int MaxQuery = 4096;

    /// <summary>Characters of all headers, including names.</summary>
    public const int MaxHeaders = 16 * 1024;

    private const int ServerRequestLine = 16 * 1024;
    private const int ServerHeaders = 32 * 1024;
    private const int ServerHeaderCount = 100;

    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = ServerRequestLine;
        kestrel.Limits.MaxRequestHeadersTotalSize = ServerHeaders;
        kestrel.Limits.MaxRequestHeaderCount = ServerHeaderCount;
    }

    public static Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.QueryString.Value is { Length: > MaxQuery })
        {
            return Problems.WriteAsync(context, Problems.Document(
                StatusCodes.Status414UriTooLong, "query_too_long", $"The query has more than {MaxQuery} characters."));
        }

        var length = 0;
        foreach (var (name, values) in context.Request.Headers)
        {
            foreach (var value in values)
                length += name.Length + (value?.Length ?? 0);
        }

        if (length > MaxHeaders)
        {
            return Problems.WriteAsync(context, Problems.Document(
                StatusCodes.Status431RequestHeaderFieldsTooLarge, "headers_too_large",
                $"The headers have more than {MaxHeaders} characters."));
        }

        return HasUnknownCharset(context.Request)
            ? Problems.WriteAsync(context, Problems.Document(
                StatusCodes.Status415UnsupportedMediaType, "charset_unknown",
                "The charset of 'Content-Type' is not supported; send UTF-8."))
            : next(context);
    }

    // The JSON reader would throw for it, which would be answered as a server error.
    private static bool HasUnknownCharset(HttpRequest request)
    {
        if (request.ContentType is null || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.Charset.Length == 0)
            return false;
        try
        {
            _ = Encoding.GetEncoding(HeaderUtilities.RemoveQuotes(type.Charset).ToString());
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
