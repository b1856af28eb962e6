using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>
/// Writes failures as problem documents (RFC 9457), extended by <c>code</c> and by <c>error</c>, a sentence that older clients read.
/// </summary>
public static class Problems
{
    private const string ContentType = "application/problem+json";

    /// <summary>Maps error kinds to status codes. This happens nowhere else.</summary>
    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Stale => StatusCodes.Status412PreconditionFailed,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static ProblemHttpResult ToProblem(this Error error) =>
        TypedResults.Problem(Document(StatusOf(error.Kind), error.Code, error.Message));

    /// <summary>The response that <paramref name="ok"/> makes of the value, or the error as a problem.</summary>
    public static IResult ToHttp<T>(this Result<T> result, Func<T, IResult> ok) =>
        result.IsOk ? ok(result.Value) : result.Error.ToProblem();

    /// <summary>The value as 200, or the error as a problem.</summary>
    public static IResult ToHttp<T>(this Result<T> result) => result.ToHttp(value => TypedResults.Ok(value));

    /// <summary>Writes a problem from outside an endpoint: authentication, a failure.</summary>
    public static Task WriteAsync(HttpContext context, Error error) =>
        WriteAsync(context, Document(StatusOf(error.Kind), error.Code, error.Message));

    internal static Task WriteAsync(HttpContext context, ProblemDetails document)
    {
        context.Response.StatusCode = document.Status ?? StatusCodes.Status500InternalServerError;
        return context.Response.WriteAsJsonAsync(document, WebJson.Options, ContentType, CancellationToken.None);
    }

    internal static ProblemDetails Document(int status, string code, string message) => new()
    {
        Type = $"urn:siaga:error:{code}",
        Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
        Status = status,
        Detail = message,
        Extensions = { ["code"] = code, ["error"] = message },
    };
}
