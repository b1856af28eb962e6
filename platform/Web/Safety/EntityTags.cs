using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>
/// Optimistic concurrency over HTTP: the version that a response shows (<c>ETag</c>), and the one a change expects (<c>If-Match</c>).
/// </summary>
public static class EntityTags
{
    /// <summary>Sets the <c>ETag</c> header.</summary>
    public static void Set(HttpContext context, long version) => context.Response.Headers.ETag = TagOf(version);

    /// <summary>Null when the change may proceed, because it expects no version, any version or this one.</summary>
    public static Error? Refuse(HttpContext context, long version)
    {
        var wanted = context.Request.Headers.IfMatch;
        if (wanted.Count == 0)
            return null;
        var tag = TagOf(version);
        return wanted.ToString().Split(',', StringSplitOptions.TrimEntries).Any(w => w == "*" || w == tag)
            ? null
            : new Error(ErrorKind.Stale, "changed_meanwhile", "It has changed since you read it (If-Match); read it again.");
    }

    /// <summary>Documents an endpoint that returns one thing with its version.</summary>
    public static RouteHandlerBuilder ShowsVersion(this RouteHandlerBuilder builder) =>
        builder.AnswersHeader("ETag", "Its version, for `If-Match`.");

    /// <summary>Documents an endpoint that changes one thing and honours <c>If-Match</c>.</summary>
    public static RouteHandlerBuilder HeedsVersion(this RouteHandlerBuilder builder) => builder
        .Reads(new QueryParameter(
            "If-Match", ParameterKind.Text, "The `ETag` of what you read; the change is refused if it has changed since.")
        {
            IsHeader = true,
        })
        .Fails(StatusCodes.Status409Conflict, "changed_meanwhile")
        .Fails(StatusCodes.Status412PreconditionFailed, "changed_meanwhile");

    private static string TagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
