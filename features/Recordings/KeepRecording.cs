using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>Stores a recording for each clip that Ingestion has stored.</summary>
/// <remarks>Deduplication key: the clip's id, a unique index. A repeated message changes nothing.</remarks>
internal sealed class KeepRecording(
    BackendDb db, CameraStatusQuery footage, ICameraRegistry cameras, CompanyScope scope, TimeProvider time) : IMessageHandler<ClipStored>
{
    public async Task<HandlingResult> HandleAsync(ClipStored message, CancellationToken cancellationToken)
    {
        if (!long.TryParse(message.CameraId, NumberStyles.None, CultureInfo.InvariantCulture, out var cameraId))
            return HandlingResult.Unreadable("The message names no camera.");
        scope.SetAll("keeping recordings");
        if (await cameras.FindAsync(cameraId, cancellationToken) is null)
        {
            // The camera was purged while the clip arrived. Ingestion accepted it, so it is told once more to delete that camera's clips.
            db.Enqueue(OutboxMessage.Of(
                string.Create(CultureInfo.InvariantCulture, $"camera-purged-{cameraId}-{message.ClipId}"),
                Routes.CameraPurged,
                new CameraPurged { CameraId = cameraId, CompanyId = message.CompanyId },
                MessageJson.Options,
                message.CompanyId.ToString(CultureInfo.InvariantCulture),
                time.GetUtcNow()));
            await db.SaveChangesAsync(cancellationToken);
            return HandlingResult.Done;
        }

        // Another delivery of this message, or another clip of a new camera, may add its row first: then it is tried once more.
        return await TryKeepAsync(message, cameraId, cancellationToken) || await TryKeepAsync(message, cameraId, cancellationToken)
            ? HandlingResult.Done
            : HandlingResult.Retry("Other clips of the camera were faster.");
    }

    private async Task<bool> TryKeepAsync(ClipStored clip, long cameraId, CancellationToken cancellationToken)
    {
        if (await db.Set<Recording>().AnyAsync(r => r.ClipId == clip.ClipId, cancellationToken))
            return true;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var recording = new Recording
        {
            CompanyId = clip.CompanyId,
            CameraId = cameraId,
            ClipId = clip.ClipId,
            StorageKey = clip.VideoPath,
            Size = clip.Size,
            Sha256 = clip.Sha256,
            CapturedAt = clip.CapturedAt,
            ReceivedAt = clip.ReceivedAt,
        };
        try
        {
            await footage.NoteAsync(recording, cancellationToken);
            db.Add(recording);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
