using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Primitives;

namespace Siaga.Intake;

/// <param name="Key">The camera's key.</param>
/// <param name="ClipId">The id that the clip gets if it is new.</param>
/// <param name="CapturedAt">As given; null if not given.</param>
/// <param name="IdempotencyKey">As given; null if not given.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="Size">Bytes.</param>
/// <param name="FileName">For people to read; see <see cref="StorageKeys.DisplayName"/>.</param>
/// <param name="ReceivedAt">When the last byte arrived.</param>
internal sealed record ReceivedClip(
    KnownKey Key,
    string ClipId,
    DateTimeOffset? CapturedAt,
    string? IdempotencyKey,
    string Sha256,
    long Size,
    string FileName,
    DateTimeOffset ReceivedAt);

/// <summary>Makes a received clip durable: object, row and message, or nothing.</summary>
internal sealed class ClipStore(IngestionDb db, IServiceProvider services, IBlobStorage storage)
{
    private readonly IDatabaseEngine _engine = services.EngineOf<IngestionDb>();

    /// <summary>
    /// Commits the upload and its row. Order: the intention, by which an interrupted upload is found
    /// and removed; the object; then row, message and the end of the intention in one transaction.
    /// </summary>
    /// <returns>The clip: this one, or the earlier one that it repeats.</returns>
    public async Task<Result<Clip>> RecordAsync(ReceivedClip received, IBlobUpload upload, CancellationToken cancellationToken)
    {
        if (await FindRepeatedAsync(received, cancellationToken) is { } before)
            return before;
        var captured = received.CapturedAt ?? received.ReceivedAt;
        var storageKey = StorageKeys.Of(received.Key.CompanyId, received.Key.CameraId, received.ClipId, captured);
        var intention = new PendingObject { StorageKey = storageKey, CreatedAt = received.ReceivedAt };
        db.Add(intention);
        await db.SaveChangesAsync(cancellationToken);
        await CommitObjectAsync(upload, storageKey, cancellationToken);
        try
        {
            var clip = NewClip(received, storageKey, captured);
            db.Add(clip);
            db.Enqueue(MessageOf(clip));
            db.Remove(intention);
            await db.SaveChangesAsync(CancellationToken.None);
            return clip;
        }
        catch (DbUpdateException e) when (_engine.IsUniqueViolation(e))
        {
            // The same clip was stored first on another connection: this one is removed, and that one's id is the answer.
            await UndoAsync(storageKey);
            return await FindRepeatedAsync(received, CancellationToken.None)
                ?? new Error(ErrorKind.Conflict, "clip_conflict", "The same clip is being uploaded right now; try again.");
        }
    }

    private static Clip NewClip(ReceivedClip received, string storageKey, DateTimeOffset captured) => new()
    {
        Id = received.ClipId,
        CompanyId = received.Key.CompanyId,
        CameraId = received.Key.CameraId,
        TaskId = Guid.CreateVersion7().ToString(),
        IdempotencyKey = received.IdempotencyKey,
        ContentKey = Clip.ContentKeyOf(received.Key.CameraId, received.CapturedAt, received.Sha256),
        StorageKey = storageKey,
        Sha256 = received.Sha256,
        Size = received.Size,
        OriginalFilename = received.FileName,
        CapturedAt = captured,
        ReceivedAt = received.ReceivedAt,
        State = "queued",
    };

    private static OutboxMessage MessageOf(Clip clip) => OutboxMessage.Of(
        clip.TaskId,
        Routes.ClipStored,
        new ClipStored
        {
            TaskId = clip.TaskId,
            ClipId = clip.Id,
            CameraId = clip.CameraId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            CompanyId = clip.CompanyId,
            VideoPath = clip.StorageKey,
            OriginalFilename = clip.OriginalFilename,
            Sha256 = clip.Sha256,
            Size = clip.Size,
            CapturedAt = clip.CapturedAt,
            ReceivedAt = clip.ReceivedAt,
        },
        MessageJson.Options,
        clip.CompanyId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        clip.ReceivedAt);

    private async Task CommitObjectAsync(IBlobUpload upload, string storageKey, CancellationToken cancellationToken)
    {
        try
        {
            await upload.CommitAsync(storageKey, cancellationToken);
        }
        catch
        {
            // No row can exist yet, so undoing everything is safe. Once the row's transaction has begun it is not, because
            // its outcome may be unknown: a failure there is left to InterruptedUploads, which looks for the row first.
            await UndoAsync(storageKey);
            throw;
        }
    }

    private async Task<Result<Clip>?> FindRepeatedAsync(ReceivedClip received, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        if (received.IdempotencyKey is { } name && await FindNamedAsync(received.Key.CameraId, name, cancellationToken) is { } named)
        {
            return named.Sha256 == received.Sha256
                ? named
                : new Error(ErrorKind.Conflict, "idempotency_key_reused", "This Idempotency-Key was used for another clip of this camera.");
        }

        var content = Clip.ContentKeyOf(received.Key.CameraId, received.CapturedAt, received.Sha256);
        var same = await db.Set<Clip>().SingleOrDefaultAsync(c => c.ContentKey == content, cancellationToken);
        return same is null ? default(Result<Clip>?) : same;
    }

    private Task<Clip?> FindNamedAsync(long cameraId, string idempotencyKey, CancellationToken cancellationToken) =>
        db.Set<Clip>().SingleOrDefaultAsync(c => c.CameraId == cameraId && c.IdempotencyKey == idempotencyKey, cancellationToken);

    private async Task UndoAsync(string storageKey)
    {
        db.ChangeTracker.Clear();
        await storage.DeleteAsync(storageKey, CancellationToken.None);
        await db.Set<PendingObject>().Where(p => p.StorageKey == storageKey).ExecuteDeleteAsync(CancellationToken.None);
    }
}
