using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>A worker reports what became of a copy: stored, not needed, or failed. Safe to repeat; a stored copy stays.</summary>
internal static class StorePlayable
{
    private const int MaxReason = 1000;

    private static Error NotStored { get; } = new(ErrorKind.Invalid, "copy_not_stored", "The copy must be stored beside its clip.");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/internal/clips/{clip_id}/playable", HandleAsync).RequireAuthorization(Policies.Worker).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        [FromRoute(Name = "clip_id")] string clipId,
        PlayableNote request,
        BackendDb db,
        IBlobStorage storage,
        CancellationToken cancellationToken)
    {
        if (await db.Set<Recording>().AsNoTracking().SingleOrDefaultAsync(r => r.ClipId == clipId, cancellationToken) is not { } clip)
            return ShowRecordedClip.NotFound.ToProblem();
        await using var transaction = await db.BeginExclusiveAsync($"copies/{clipId}", cancellationToken);
        if (await db.Set<PlayableCopy>().SingleOrDefaultAsync(c => c.ClipId == clipId, cancellationToken) is not { } copy)
            return ShowRecordedClip.NotFound.ToProblem();
        if (copy.State == CopyState.Ready)
            return TypedResults.NoContent();
        if (request.Reason is { } reason)
        {
            copy.State = CopyState.Failed;
            (copy.ReasonCode, copy.Reason) = (Cut(reason.Code, 100), Cut(reason.Message, MaxReason));
        }
        else if (request.PlaysAsIs)
        {
            copy.State = CopyState.AsIs;
        }
        else if (request.StorageKey == CopyKeys.Beside(clip.StorageKey) && LastPictureKeys.IsHash(request.Sha256)
            && await storage.FindAsync(request.StorageKey, cancellationToken) is { } stored && stored.Size == request.Size)
        {
            copy.State = CopyState.Ready;
            (copy.StorageKey, copy.Size, copy.Sha256) = (request.StorageKey, request.Size, request.Sha256);
        }
        else
        {
            return NotStored.ToProblem();
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static string Cut(string text, int length) => new([.. text.Where(c => !char.IsControl(c)).Take(length)]);
}
