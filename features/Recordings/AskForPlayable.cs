using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>
/// Requests a copy of a clip that browsers can play. A worker makes it, once, if they cannot play the clip. Safe to repeat.
/// </summary>
internal static class AskForPlayable
{
    // What failed a moment ago fails again. A person who fixed the cause can ask after this pause.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/clips/{clip_id}/playable", HandleAsync)
        .Describe(
            "Clips",
            "Request a copy that browsers play",
            "H.264 in MP4. Safe to repeat; show the clip to see the copy's state. After a failure it is requested again.")
        .Answers(202, new AskForPlayableResponse(Playable.Preparing), "The copy's state.").Fails(404, ShowRecordedClip.NotFound.Code);

    private static async Task<IResult> HandleAsync(
        [FromRoute(Name = "clip_id")] string clipId, HttpContext context, BackendDb db, IClipFindings findings, TimeProvider time)
    {
        var cancellationToken = context.RequestAborted;
        if (await db.Set<Recording>().AsNoTracking().SingleOrDefaultAsync(r => r.ClipId == clipId, cancellationToken) is not { } clip)
            return ShowRecordedClip.NotFound.ToProblem();
        var form = (await findings.LookAsync(clipId, cancellationToken))?.Form;
        await using var transaction = await db.BeginExclusiveAsync($"copies/{clipId}", cancellationToken);
        var copy = await db.Set<PlayableCopy>().SingleOrDefaultAsync(c => c.ClipId == clipId, cancellationToken);
        var now = time.GetUtcNow();
        var state = Playability.Of(clip, form, copy, now).State;
        if (IsToBeAsked(state, copy, now))
        {
            Ask(db, clip, copy, now);
            await db.SaveChangesAsync(cancellationToken);
            state = Playable.Preparing;
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Accepted($"/api/clips/{clipId}", new AskForPlayableResponse(state));
    }

    internal static bool IsToBeAsked(Playable state, PlayableCopy? copy, DateTimeOffset now) =>
        state == Playable.No || (state == Playable.Failed && now - copy!.AskedAt >= s_pause);

    private static void Ask(BackendDb db, Recording clip, PlayableCopy? copy, DateTimeOffset now)
    {
        if (copy is null)
        {
            copy = new PlayableCopy
            {
                ClipId = clip.ClipId,
                CompanyId = clip.CompanyId,
                CameraId = clip.CameraId,
                State = CopyState.Preparing,
                AskedAt = now,
            };
            db.Add(copy);
        }

        (copy.State, copy.AskedAt, copy.ReasonCode, copy.Reason) = (CopyState.Preparing, now, null, null);
        db.Enqueue(OutboxMessage.Of(
            string.Create(CultureInfo.InvariantCulture, $"playable-{clip.ClipId}-{now.UtcTicks}"),
            Routes.PlayableWanted,
            new PlayableWanted { ClipId = clip.ClipId, CameraId = clip.CameraId, CompanyId = clip.CompanyId, VideoPath = clip.StorageKey },
            MessageJson.Options,
            clip.CompanyId.ToString(CultureInfo.InvariantCulture),
            now));
    }
}
