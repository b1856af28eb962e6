using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>Shows one clip, with a URL that plays it for some minutes.</summary>
internal static class ShowRecordedClip
{
    internal static Error NotFound { get; } = new(ErrorKind.NotFound, "clip_not_found", "There is no such clip.");

    internal static ShowRecordedClipResponse Example { get; } = new()
    {
        ClipId = "01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10",
        CameraId = 9,
        CapturedAt = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero),
        DurationSeconds = 10,
        Size = 1_048_576,
        Sha256 = new string('a', 64),
        ContentType = "video/mp4",
        Codec = "hevc",
        Url = "https://siaga.example/blobs/7/9/2026/11/24/0192_20261124T080000Z.mp4?expires=1795507200&signature=abc",
        Playable = Playable.Yes,
        PlayableUrl = "https://siaga.example/blobs/7/9/2026/11/24/0192_20261124T080000Z_play.mp4?expires=1795507200&signature=abc",
    };

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/clips/{clip_id}", HandleAsync).HoldsSecret()
        .Describe("Clips", "Show a clip", "Its URL plays for some minutes.")
        .Answers(200, Example).Fails(404, NotFound.Code);

    private static async Task<IResult> HandleAsync(
        [FromRoute(Name = "clip_id")] string clipId, HttpContext context, BackendDb db, RecordingLinks links, IClipFindings findings,
        TimeProvider time)
    {
        if (await db.Set<Recording>().AsNoTracking().SingleOrDefaultAsync(r => r.ClipId == clipId, context.RequestAborted) is not { } clip)
            return NotFound.ToProblem();
        var look = await findings.LookAsync(clipId, context.RequestAborted);
        var copy = await db.Set<PlayableCopy>().AsNoTracking().SingleOrDefaultAsync(c => c.ClipId == clipId, context.RequestAborted);
        var playable = Playability.Of(clip, look?.Form, copy, time.GetUtcNow());
        links.Issue([clip]);
        return TypedResults.Ok(new ShowRecordedClipResponse
        {
            ClipId = clip.ClipId,
            CameraId = clip.CameraId,
            CapturedAt = clip.CapturedAt,
            DurationSeconds = look is { Seconds: > 0 } ? look.Seconds : null,
            Size = clip.Size,
            Sha256 = clip.Sha256,
            ContentType = look?.Form is { } form ? BrowserVideo.ContentType(form) : null,
            Codec = look?.Form?.Codec,
            Url = links.Of(context, clip),
            Playable = playable.State,
            PlayableUrl = playable.Key is { } key ? links.Of(context, key) : null,
            PlayableFailure = playable.State == Playable.Failed
                ? new ShowRecordedClipFailureItem(copy!.ReasonCode ?? "", copy.Reason ?? "")
                : null,
        });
    }
}
