using Siaga.Primitives;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Intake;

/// <summary><c>POST /ingest/video</c>: a 202 means that the clip, its row and its message are durable.</summary>
internal static class ReceiveClip
{
    // Room for the other parts and their headers beside the clip itself.
    private const long EnvelopeBytes = 1 << 20;

    internal sealed record Response(string ClipId, string StatusUrl);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/ingest/video", HandleAsync).AllowAnonymous().DisableAntiforgery().WithMetadata(new DisableRequestSizeLimitAttribute());

    private static async Task<IResult> HandleAsync(
        HttpContext context, KeyRing keys, CompanyScope scope, ClipReceiver receiver, IOptions<IntakeOptions> options, IntakeMetrics metrics)
    {
        var cancellationToken = context.RequestAborted;
        var found = await keys.FindAsync(KeyOf(context.Request), cancellationToken);
        if (!found.IsOk)
            return metrics.Refused(found.Error).ToProblem();
        if (context.Request.ContentLength > options.Value.MaxClipBytes + EnvelopeBytes)
            return metrics.Refused(ClipReceiver.TooLarge(options.Value)).ToProblem();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.Value.MaxClipBytes + EnvelopeBytes;

        scope.SetCompany(found.Value.CompanyId);
        var received = await receiver.ReceiveAsync(context.Request, found.Value, cancellationToken);
        if (!received.IsOk)
            return metrics.Refused(received.Error).ToProblem();
        var clip = received.Value;
        Activity.Current?.SetTag("siaga.clip.id", clip.Id);
        Activity.Current?.SetTag("siaga.camera.id", clip.CameraId);
        metrics.Accepted(clip.Size);
        var statusUrl = $"/ingest/clips/{clip.Id}";
        return TypedResults.Accepted(statusUrl, new Response(clip.Id, statusUrl));
    }

    internal static string? KeyOf(HttpRequest request)
    {
        const string bearer = "Bearer ";
        if (request.Headers["X-Camera-Key"] is [{ Length: > 0 } key])
            return key;
        return request.Headers.Authorization is [{ } header] && header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase)
            ? header[bearer.Length..].Trim()
            : null;
    }
}
