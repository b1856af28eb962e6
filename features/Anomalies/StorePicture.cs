using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>
/// A worker reports that it has stored an anomaly's picture beside the clip. It does so after the report, so that a picture never delays
/// an alarm. Safe to repeat: the first picture stays.
/// </summary>
internal static class StorePicture
{
    internal sealed record Response(string StorageKey);

    private static Error NotStored { get; } = new(ErrorKind.Invalid, "picture_not_stored", "The picture is not beside its clip.");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/internal/anomalies/{id:long}/picture", HandleAsync).RequireAuthorization(Policies.Worker).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        long id, StoredPicture request, BackendDb db, IBlobStorage storage, CancellationToken cancellationToken)
    {
        if (await db.Set<Anomaly>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken) is not { } anomaly)
            return AnomalyItem.NotFound.ToProblem();
        if (anomaly.PictureKey is { } before)
            return TypedResults.Ok(new Response(before));
        if (request.StorageKey != PictureKeys.Beside(anomaly.StorageKey) || !ReportRules.IsHash(request.Sha256)
            || await storage.FindAsync(request.StorageKey, cancellationToken) is not { } stored || stored.Size != request.Size)
            return NotStored.ToProblem();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<Anomaly>().Where(a => a.Id == id && a.PictureKey == null).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.PictureKey, request.StorageKey).SetProperty(a => a.PictureSize, request.Size)
                .SetProperty(a => a.PictureSha256, request.Sha256),
            cancellationToken);
        await db.AnnounceAsync(AnomalyPages.TopicOf(anomaly.CompanyId), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new Response(request.StorageKey));
    }
}

/// <summary>Maps between the keys of a clip and of its anomaly's picture beside it.</summary>
internal static class PictureKeys
{
    private const string Suffix = ".jpg";

    public static string Beside(string clipKey) =>
        clipKey[..(clipKey.LastIndexOf('.') is var dot && dot > clipKey.LastIndexOf('/') ? dot : clipKey.Length)] + Suffix;

    /// <summary>The key of a picture's clip; null when the key is not a picture's.</summary>
    public static string? ClipOf(string key) => key.EndsWith(Suffix, StringComparison.Ordinal) ? key[..^Suffix.Length] + ".mp4" : null;
}
