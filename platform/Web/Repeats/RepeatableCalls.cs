using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>
/// Makes a creating call safe to repeat by its <c>Idempotency-Key</c>. The call is stored in the same transaction as what it creates, the
/// answer shortly after. A crash in between leaves a call that is known to have been made, and never a second creation.
/// </summary>
public static class RepeatableCalls
{
    private const string Header = "Idempotency-Key";
    private const int MaxKeyLength = 200;

    private static readonly Error s_keyInvalid = new(
        ErrorKind.Invalid, "idempotency_key_invalid", $"An Idempotency-Key must have 1 to {MaxKeyLength} printable characters.");

    private static readonly Error s_reused = new(
        ErrorKind.Conflict, "idempotency_key_reused", "This Idempotency-Key was used for another call.");

    private static readonly Error s_unfinished = new(
        ErrorKind.Conflict, "idempotency_unfinished",
        "This call was made already, but its answer is unknown; read the list to see the result.");

    public static RouteHandlerBuilder Repeatable(this RouteHandlerBuilder builder) => builder
        .Reads(new QueryParameter(
            Header,
            ParameterKind.Text,
            "A name of this call, of your choice: sent again within a day it creates nothing again and gets the same answer.")
        {
            IsHeader = true,
        })
        .Fails(StatusCodes.Status400BadRequest, s_keyInvalid.Code)
        .Fails(StatusCodes.Status409Conflict, s_reused.Code, s_unfinished.Code)
        .AddEndpointFilter(FilterAsync);

    internal static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        if (!context.Request.Headers.TryGetValue(Header, out var given) || Caller.Of(context.User) is not { } caller)
            return await next(call);
        if (given is not [{ Length: > 0 and <= MaxKeyLength } key] || key.Any(char.IsControl))
            return s_keyInvalid.ToProblem();
        var calls = context.RequestServices.GetRequiredService<IRepeatedCalls>();
        var seal = context.RequestServices.GetRequiredService<CallSeal>();
        var name = seal.NameOf(caller, key);
        var fingerprint = seal.FingerprintOf(context.Request.Path, BodyOf(call));
        if (await calls.FindAsync(name, context.RequestAborted) is { } known)
            return Again(known, fingerprint, key, seal);
        calls.Claim(name, fingerprint);
        object? result;
        try
        {
            result = await next(call);
        }
        catch (Exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The same call ran at the same time and was first, so the database refused this one: return the first one's answer.
            calls.GiveUp();
            if (await calls.FindAsync(name, context.RequestAborted) is { } first)
                return Again(first, fingerprint, key, seal);
            throw;
        }

        if (result is IStatusCodeHttpResult { StatusCode: >= 200 and < 300 and var status })
        {
            var body = JsonSerializer.SerializeToUtf8Bytes((result as IValueHttpResult)?.Value, WebJson.Options);
            await calls.CompleteAsync(name, new SealedAnswer(status, LocationOf(result), seal.Seal(key, body)), CancellationToken.None);
            return result;
        }

        calls.GiveUp();
        return await calls.FindAsync(name, context.RequestAborted) is { } other ? Again(other, fingerprint, key, seal) : result;
    }

    private static object Again(RepeatedCall known, string fingerprint, string key, CallSeal seal) => known switch
    {
        _ when known.Fingerprint != fingerprint => s_reused.ToProblem(),
        { Answer: null } => s_unfinished.ToProblem(),
        { Answer: { } answer } => new SameAnswer(answer, seal.Open(key, answer.Body)),
    };

    private static string BodyOf(EndpointFilterInvocationContext call)
    {
        var type = call.HttpContext.GetEndpoint()?.Metadata.GetMetadata<RequestMetadata>()?.Body;
        var body = type is null ? null : call.Arguments.FirstOrDefault(a => a?.GetType() == type);
        return body is null ? "" : JsonSerializer.Serialize(body, type!, WebJson.Options);
    }

    // Each Created<T> has this property, but no interface declares it.
    private static string? LocationOf(object result) => result.GetType().GetProperty("Location")?.GetValue(result) as string;

    private sealed class SameAnswer(SealedAnswer answer, byte[] body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = answer.Status;
            httpContext.Response.Headers["Idempotency-Replayed"] = "true";
            if (answer.Location is not null)
                httpContext.Response.Headers.Location = answer.Location;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
