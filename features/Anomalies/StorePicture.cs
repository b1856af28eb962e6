using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>
/// A worker reports that it has stored an anomaly's picture beside the clip. It does so after the report, so that a picture never delays
/// an alarm. Safe to repeat: the first picture stays.
/// </summary>
internal static class StorePicture
{
    private static Error NotStored { get; } = new(ErrorKind.Invalid, "picture_not_stored", "The picture must be stored beside its clip.");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPut("/internal/anomalies/{id:long}/picture", HandleAsync).RequireAuthorization(Policies.Worker).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        long id, StoredPicture request, Handler handler, CancellationToken cancellationToken) =>
        (await handler.RunAsync(new AnomalyPicture(id, request.StorageKey, request.Size, request.Sha256), cancellationToken)).ToHttp();

    internal sealed class Handler(BackendDb db, IBlobStorage storage) : IClipProduct
    {
        public string Part => "anomaly_picture";

        public async Task<Result<JsonElement>> TakeAsync(long cameraId, JsonElement product, CancellationToken cancellationToken)
        {
            var stored = await RunAsync(
                product.Deserialize(MessageJsonContext.Default.AnomalyPicture) ?? throw new JsonException(), cancellationToken);
            return stored.IsOk
                ? JsonSerializer.SerializeToElement(stored.Value, MessageJsonContext.Default.StoredPictureAnswer)
                : stored.Error;
        }

        public async Task<Result<StoredPictureAnswer>> RunAsync(AnomalyPicture picture, CancellationToken cancellationToken)
        {
            var found = await db.Set<Anomaly>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == picture.AnomalyId, cancellationToken);
            if (found is not { } anomaly)
                return AnomalyItem.NotFound;
            if (anomaly.PictureKey is { } before)
                return new StoredPictureAnswer(before);
            if (picture.StorageKey != PictureKeys.Beside(anomaly.StorageKey) || !ReportRules.IsHash(picture.Sha256)
                || await storage.FindAsync(picture.StorageKey, cancellationToken) is not { } stored || stored.Size != picture.Size)
                return NotStored;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Set<Anomaly>().Where(a => a.Id == anomaly.Id && a.PictureKey == null).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.PictureKey, picture.StorageKey).SetProperty(a => a.PictureSize, picture.Size)
                    .SetProperty(a => a.PictureSha256, picture.Sha256),
                cancellationToken);
            await db.AnnounceAsync(AnomalyPages.TopicOf(anomaly.CompanyId), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new StoredPictureAnswer(picture.StorageKey);
        }
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
