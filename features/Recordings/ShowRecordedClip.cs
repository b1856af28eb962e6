using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>One clip, with a URL that plays it for some minutes.</summary>
internal static class ShowRecordedClip
{
    internal sealed record Response
    {
        public required string ClipId { get; init; }

        public required long CameraId { get; init; }

        public required DateTimeOffset CapturedAt { get; init; }

        /// <summary>Absent until somebody has looked at it.</summary>
        public double? DurationSeconds { get; init; }

        /// <summary>Bytes.</summary>
        public required long Size { get; init; }

        public required string Sha256 { get; init; }

        /// <summary>The file as it was delivered.</summary>
        public required string Url { get; init; }
    }

    internal static Error NotFound { get; } = new(ErrorKind.NotFound, "clip_not_found", "There is no such clip.");

    internal static Response Example { get; } = new()
    {
        ClipId = "01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10",
        CameraId = 9,
        CapturedAt = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero),
        DurationSeconds = 10,
        Size = 1_048_576,
        Sha256 = new string('a', 64),
        Url = "https://siaga.example/blobs/7/9/2026/11/24/0192_20261124T080000Z.mp4?expires=1795507200&signature=abc",
    };

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/clips/{clip_id}", HandleAsync).HoldsSecret()
        .Describe("Clips", "Show a clip", "Its URL plays for some minutes.")
        .Answers(200, Example).Fails(404, NotFound.Code);

    private static async Task<IResult> HandleAsync(
        [FromRoute(Name = "clip_id")] string clipId, HttpContext context, BackendDb db, RecordingLinks links, IClipFindings findings)
    {
        if (await db.Set<Recording>().AsNoTracking().SingleOrDefaultAsync(r => r.ClipId == clipId, context.RequestAborted) is not { } clip)
            return NotFound.ToProblem();
        var look = await findings.LookAsync(clipId, context.RequestAborted);
        links.Issue(context, [clip]);
        return TypedResults.Ok(new Response
        {
            ClipId = clip.ClipId,
            CameraId = clip.CameraId,
            CapturedAt = clip.CapturedAt,
            DurationSeconds = look is { Seconds: > 0 } ? look.Seconds : null,
            Size = clip.Size,
            Sha256 = clip.Sha256,
            Url = links.Of(context, clip),
        });
    }
}
