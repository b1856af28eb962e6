using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>Turns exceptions and bare error statuses into problem documents. The outermost middleware.</summary>
internal sealed partial class FailureMiddleware(
    RequestDelegate next, IEnumerable<IFailureMapper> mappers, IOutageLog outages, ILogger<FailureMiddleware> logger)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentLength: null, ContentType: null })
                await Problems.WriteAsync(context, StatusDocument(context.Response.StatusCode));
            if (outages.Any && context.Response.StatusCode < StatusCodes.Status400BadRequest)
                outages.Worked(WorkOf(context));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            // The client has disconnected, so no one reads the answer and the failure is a consequence of that.
            context.Response.StatusCode = ClientClosedRequest;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // Catch everything here: log it if it is our fault, and answer without internal details.
            Forget(context.Response.Headers);
            await Problems.WriteAsync(context, DocumentOf(e, context));
        }
        catch (Exception e) when (outages.Expects(e, WorkOf(context)))
        {
            // Part of the response has been sent. Abort, so that it does not look complete.
            context.Abort();
        }
    }

    /// <summary>The route pattern instead of the path: a path can contain ids and would make each request a case of its own.</summary>
    private static string WorkOf(HttpContext context) =>
        $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)"}";

    /// <summary>Removes headers that describe the failed response. Security headers stay.</summary>
    private static void Forget(IHeaderDictionary headers)
    {
        foreach (var name in (ReadOnlySpan<string>)["Content-Length", "Content-Type", "Content-Encoding", "ETag", "Location", "Link"])
            headers.Remove(name);
    }

    private static Microsoft.AspNetCore.Mvc.ProblemDetails BadRequest(BadHttpRequestException e) => e switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => StatusDocument(e.StatusCode),
        { InnerException: JsonException json } => Problems.Document(
            e.StatusCode, "malformed_json",
            $"The body is not the JSON expected here (at {json.Path ?? "$"}, line {json.LineNumber + 1 ?? 1})."),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => StatusDocument(e.StatusCode),
        { StatusCode: StatusCodes.Status408RequestTimeout } => StatusDocument(e.StatusCode),
        _ => Problems.Document(StatusCodes.Status400BadRequest, "bad_request", e.Message),
    };

    private static Microsoft.AspNetCore.Mvc.ProblemDetails StatusDocument(int status) => status switch
    {
        404 => Problems.Document(status, "not_found", "There is nothing here."),
        405 => Problems.Document(status, "method_not_allowed", "This path does not support this method."),
        413 => Problems.Document(status, "too_large", "The body is too large for this path."),
        415 => Problems.Document(status, "unsupported_media_type", "This path accepts JSON only: send 'Content-Type: application/json'."),
        _ => Problems.Document(status, "failed", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status) + "."),
    };

    private Microsoft.AspNetCore.Mvc.ProblemDetails DocumentOf(Exception exception, HttpContext context)
    {
        if (exception is BadHttpRequestException bad)
            return BadRequest(bad);
        if (exception is JsonException or InvalidDataException)
            return Problems.Document(StatusCodes.Status400BadRequest, "malformed_body", "The body cannot be read.");
        foreach (var mapper in mappers)
        {
            if (mapper.Map(exception) is not { } error)
                continue;
            if (error.Kind == ErrorKind.Unavailable)
            {
                context.Response.Headers.RetryAfter = "10";
                outages.Failed(error.Code, WorkOf(context), exception);
            }

            return Problems.Document(Problems.StatusOf(error.Kind), error.Code, error.Message);
        }

        LogFailure(exception, context.Request.Method, context.Request.Path);
        return Problems.Document(StatusCodes.Status500InternalServerError, "internal", "An unexpected error occurred; it has been logged.");
    }

    [LoggerMessage(1005, LogLevel.Error, "{Method} {Path} failed unexpectedly")]
    private partial void LogFailure(Exception exception, string method, string path);
}
