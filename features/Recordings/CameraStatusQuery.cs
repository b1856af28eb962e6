using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>Whether cameras deliver: updated with each stored clip, read for lists of cameras.</summary>
internal sealed class CameraStatusQuery(BackendDb db, TimeProvider time) : ICameraFootage
{
    // The usual intervals after which the next clip is late, or the camera silent. The grace covers a slow network and a busy broker.
    private const int LateIntervals = 2;
    private const int SilentIntervals = 10;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(30);

    // A camera with short clips is not silent because of a short interruption.
    private static readonly TimeSpan s_soonestSilent = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyDictionary<long, CameraFootage>> OfAsync(
        IReadOnlyCollection<long> cameraIds, CancellationToken cancellationToken)
    {
        var rows = await db.Set<Footage>().AsNoTracking().Where(f => cameraIds.Contains(f.CameraId))
            .ToDictionaryAsync(f => f.CameraId, cancellationToken);
        var now = time.GetUtcNow();
        return cameraIds.Distinct().ToDictionary(id => id, id => rows.TryGetValue(id, out var row)
            ? new CameraFootage(StateOf(row, now), row.LastClipAt, row.PictureKey is not null)
            : new CameraFootage(CameraState.New, null, HasPicture: false));
    }

    /// <summary>Notes a clip that is about to be stored, in the current transaction.</summary>
    public async Task NoteAsync(Recording clip, CancellationToken cancellationToken)
    {
        var (captured, received) = (clip.CapturedAt, clip.ReceivedAt);
        var newest = await db.Set<Recording>().AsNoTracking().Where(r => r.CameraId == clip.CameraId)
            .OrderByDescending(r => r.CapturedAt).ThenByDescending(r => r.Id)
            .Take(Rhythm.Clips - 1).Select(r => r.CapturedAt).ToListAsync(cancellationToken);
        var usual = (long?)Rhythm.Of([.. newest, captured])?.TotalMilliseconds;
        var noted = await db.Set<Footage>().Where(f => f.CameraId == clip.CameraId).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.LastClipAt, f => f.LastClipAt > captured ? f.LastClipAt : captured)
                .SetProperty(f => f.LastReceivedAt, f => f.LastReceivedAt > received ? f.LastReceivedAt : received)
                .SetProperty(f => f.UsualMs, usual),
            cancellationToken);
        if (noted > 0)
            return;
        db.Add(new Footage
        {
            CameraId = clip.CameraId,
            CompanyId = clip.CompanyId,
            LastClipAt = captured,
            LastReceivedAt = received,
            UsualMs = usual,
        });
    }

    internal static CameraState StateOf(Footage footage, DateTimeOffset now)
    {
        if (footage.LastReceivedAt is not { } last)
            return CameraState.New;
        var usual = footage.UsualMs is { } ms ? TimeSpan.FromMilliseconds(ms) : Rhythm.Unknown;
        var since = now - last - s_grace;
        return since <= LateIntervals * usual ? CameraState.Delivering
            : since <= SilentIntervals * usual || since <= s_soonestSilent ? CameraState.Late
            : CameraState.Silent;
    }
}
