using Siaga.Primitives;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Web;

namespace Siaga.Intake;

/// <summary><c>POST /ingest/video</c>: 202 means that the clip, its row and its message are durable.</summary>
internal static class ReceiveClip
{
    // Room for the other parts and the headers besides the clip itself.
    private const long EnvelopeBytes = 1 << 20;

    internal const string ExampleClip = "01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10";

    /// <summary>The parts of an upload, for the API document.</summary>
    /// <param name="VideoClip">The file: MP4, MOV, AVI, MKV, WebM, TS or FLV.</param>
    /// <param name="CameraId">The camera's id; optional, because the key identifies the camera.</param>
    /// <param name="CapturedAt">When it begins.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Form(IFormFile VideoClip, string? CameraId = null, DateTimeOffset? CapturedAt = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/ingest/video", HandleAsync)
            .AllowAnonymous().DisableAntiforgery().WithMetadata(new DisableRequestSizeLimitAttribute())
            .ProvenBy(SecurityMetadata.CameraBearer, SecurityMetadata.CameraKey)
            .Describe(
                "Ingestion",
                "Deliver a clip",
                "202 means that it is durable. The same clip again, or the same `Idempotency-Key`, is the same clip.")
            .TakesAs<Form>(null, "multipart/form-data")
            .Reads(new QueryParameter("Idempotency-Key", ParameterKind.Text, "Your own name of this upload, at most 200 characters.")
            {
                IsHeader = true,
            })
            .Answers(202, new ReceiveClipResponse(ExampleClip, $"/ingest/clips/{ExampleClip}"), "Durable, and on its way to a worker.")
            .Fails(
                400,
                "clip_empty", "clip_too_short", "clip_missing", "more_than_one_clip", "too_many_parts", "captured_at_invalid",
                "captured_at_in_future", "upload_broken_off", "idempotency_key_too_long")
            .Fails(401, "camera_key_refused").Fails(404, "camera_not_found").Fails(409, "idempotency_key_reused", "clip_conflict")
            .Fails(413, "clip_too_large").Fails(415, "clip_not_video", "multipart_expected").Fails(503, "camera_key_unverified");

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        CameraKeyCache keys,
        AnonymousIngestion anonymous,
        ClipReceiver receiver,
        IOptions<IntakeOptions> options,
        IntakeMetrics metrics)
    {
        var cancellationToken = context.RequestAborted;
        var sent = KeyOf(context.Request);
        var withoutKey = sent is null && anonymous.AreAllowed;
        Result<KnownKey?> found = withoutKey ? (KnownKey?)null : await CameraOfAsync(keys, sent, cancellationToken);
        if (!found.IsOk)
            return metrics.Refused(found.Error).ToProblem();
        if (context.Request.ContentLength > options.Value.MaxClipBytes + EnvelopeBytes)
            return metrics.Refused(ClipReceiver.TooLarge(options.Value)).ToProblem();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.Value.MaxClipBytes + EnvelopeBytes;

        var received = await receiver.ReceiveAsync(context.Request, found.Value, cancellationToken);
        if (!received.IsOk)
            return metrics.Refused(received.Error).ToProblem();
        var clip = received.Value;
        Activity.Current?.SetTag("siaga.clip.id", clip.Id);
        Activity.Current?.SetTag("siaga.camera.id", clip.CameraId);
        metrics.Accepted(clip.Size);
        var statusUrl = $"/ingest/clips/{clip.Id}";
        return TypedResults.Accepted(statusUrl, new ReceiveClipResponse(clip.Id, statusUrl));
    }

    private static async Task<Result<KnownKey?>> CameraOfAsync(CameraKeyCache keys, string? key, CancellationToken cancellationToken)
    {
        var found = await keys.FindAsync(key, cancellationToken);
        return found.IsOk ? found.Value : found.Error;
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
