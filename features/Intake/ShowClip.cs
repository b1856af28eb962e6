using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Intake;

/// <summary><c>GET /ingest/clips/{id}</c>: shows a clip's state to its camera, or to a person who may see that camera.</summary>
internal static class ShowClip
{
    private static readonly DateTimeOffset s_example = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly Error s_backendAway = new(
        ErrorKind.Unavailable, "backend_unavailable", "The Backend, which knows what you may see, does not answer; try again soon.");

    private static readonly Error s_notFound = new(ErrorKind.NotFound, "clip_not_found", "There is no such clip.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/ingest/clips/{clip_id}", HandleAsync).AllowAnonymous()
        .ProvenBy(SecurityMetadata.CameraBearer, SecurityMetadata.CameraKey, SecurityMetadata.Person)
        .Describe("Ingestion", "Show a clip's state", "For its camera, or for a person who may see that camera.")
        .Answers(
            200,
            new ShowClipResponse(
                ReceiveClip.ExampleClip, 9, "analysed", null, s_example, s_example, s_example, new string('a', 64), 1_048_576),
            "`state` is stored, queued, analysed or failed.")
        .Fails(401, "camera_key_refused").Fails(404, "clip_not_found").Fails(503, "backend_unavailable", "camera_key_unverified");

    private static async Task<IResult> HandleAsync(
        [FromRoute(Name = "clip_id")] string clipId,
        HttpContext context,
        CameraKeyCache keys,
        IngestionApi backend,
        IngestionDb db,
        CancellationToken cancellationToken)
    {
        var given = ReceiveClip.KeyOf(context.Request);
        KnownKey? camera = null;
        if (given is null || given.StartsWith("sck_", StringComparison.Ordinal))
        {
            var found = await keys.FindAsync(given, cancellationToken);
            if (!found.IsOk)
                return found.Error.ToProblem();
            camera = found.Value;
        }

        // The caller is known but has no company scope yet: the row is read by its id alone, and shown only after the check below.
        var clip = await db.Set<Clip>().IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(c => c.Id == clipId, cancellationToken);
        if (camera is not null && clip?.CameraId != camera.CameraId)
            return s_notFound.ToProblem();
        if (camera is null && await RefusePersonAsync(backend, $"Bearer {given}", clip, cancellationToken) is { } error)
            return error.ToProblem();
        var waiting = clip!.State == "queued" && await db.Set<OutboxMessage>().AnyAsync(m => m.MessageId == clip.TaskId, cancellationToken);
        return TypedResults.Ok(new ShowClipResponse(
            clip.Id,
            clip.CameraId,
            waiting ? "stored" : clip.State,
            clip.Reason,
            clip.ReceivedAt,
            clip.CapturedAt,
            clip.AnalysedAt,
            clip.Sha256,
            clip.Size));
    }

    private static async Task<Error?> RefusePersonAsync(
        IngestionApi backend, string authorization, Clip? clip, CancellationToken cancellationToken)
    {
        try
        {
            // Without a clip the token is still checked, so that only signed-in people learn that there is none.
            return await backend.MaySeeCameraAsync(authorization, clip?.CameraId ?? 0, cancellationToken) switch
            {
                HttpStatusCode.OK when clip is not null => null,
                HttpStatusCode.Unauthorized =>
                    new Error(ErrorKind.Unauthenticated, "unauthenticated", "Sign in first, or use the camera's key."),
                >= HttpStatusCode.InternalServerError => s_backendAway,
                _ => s_notFound,
            };
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return s_backendAway;
        }
    }
}
