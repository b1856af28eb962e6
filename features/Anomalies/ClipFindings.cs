using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Web;
using ClipState = Siaga.Ports.ClipState;

namespace Siaga.Anomalies;

/// <summary>Gives other features what was found in a clip.</summary>
internal sealed class ClipFindings(BackendDb db, ClipUrls urls) : IClipFindings
{
    public async Task<IReadOnlyDictionary<string, ClipLook>> LooksAsync(
        long cameraId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var looks = new Dictionary<string, ClipLook>(StringComparer.Ordinal);
        await foreach (var row in db.Set<Analysis>().AsNoTracking()
            .Where(a => a.CameraId == cameraId && a.CapturedAt >= from && a.CapturedAt < to && a.ClipId != null)
            .Select(a => new { a.ClipId, a.State, a.Anomaly, a.Seconds }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Add(looks, row.ClipId!, new ClipLook(StateOf(row.State, row.Anomaly), row.Seconds));
        }

        return looks;
    }

    public async Task<IReadOnlyList<ClipAnomaly>> AnomaliesAsync(
        long cameraId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var rows = await db.Set<Anomaly>().AsNoTracking().Where(a => a.CameraId == cameraId && a.CapturedAt >= from && a.CapturedAt < to)
            .OrderBy(a => a.CapturedAt).ThenBy(a => a.Id)
            .Select(a => new { a.Id, a.ClipId, a.CapturedAt, a.FromS, a.ToS, a.AnomalyType, a.Confidence, a.Status })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(a => new ClipAnomaly(
                a.Id, a.ClipId, a.CapturedAt.AddSeconds(a.FromS ?? 0), a.ToS is { } end ? a.CapturedAt.AddSeconds(end) : null,
                a.AnomalyType, a.Confidence, a.Status.ToName())),
        ];
    }

    public async Task<ClipLook?> LookAsync(string clipId, CancellationToken cancellationToken)
    {
        var looks = new Dictionary<string, ClipLook>(StringComparer.Ordinal);
        foreach (var row in await db.Set<Analysis>().AsNoTracking().Where(a => a.ClipId == clipId)
            .Select(a => new { a.State, a.Anomaly, a.Seconds, a.Codec, a.PixelFormat, a.Container }).ToListAsync(cancellationToken))
        {
            var form = row.Codec is null ? null : new ClipFormat(row.Codec, row.PixelFormat, row.Container);
            Add(looks, clipId, new ClipLook(StateOf(row.State, row.Anomaly), row.Seconds) { Form = form });
        }

        return looks.GetValueOrDefault(clipId);
    }

    public async Task<ClipReport> ReportAsync(string clipId, CancellationToken cancellationToken)
    {
        var analyses = await db.Set<Analysis>().AsNoTracking().Where(a => a.ClipId == clipId).OrderBy(a => a.Id)
            .ToListAsync(cancellationToken);
        var ids = analyses.Select(a => a.Id).ToList();
        var anomalies = await db.Set<Anomaly>().AsNoTracking().Where(a => ids.Contains(a.AnalysisId)).OrderBy(a => a.Id)
            .ToListAsync(cancellationToken);
        return new ClipReport(
            [
                .. analyses.Select(a =>
                    JsonSerializer.SerializeToNode(ListAnalyses.ItemOf(a) with { Windows = a.Windows }, WebJson.Options))
            ],
            [.. anomalies.Select(WithoutLinks)]);
    }

    /// <summary>Leaves out the links: they expire in minutes, and an export is read for years.</summary>
    private JsonNode WithoutLinks(Anomaly anomaly)
    {
        var item = JsonSerializer.SerializeToNode(AnomalyItem.Of(anomaly, urls, ""), WebJson.Options)!.AsObject();
        item.Remove("video_clip_url");
        item.Remove("picture_url");
        return item;
    }

    internal static ClipState StateOf(AnalysisState state, bool anomaly) =>
        state == AnalysisState.Failed ? ClipState.Failed : anomaly ? ClipState.Anomaly : ClipState.Normal;

    /// <summary>When a clip was analysed more than once, an anomaly outranks normal, and normal outranks failed.</summary>
    internal static void Add(Dictionary<string, ClipLook> looks, string clip, ClipLook look)
    {
        if (!looks.TryGetValue(clip, out var before))
        {
            looks[clip] = look;
            return;
        }

        var stronger = Weight(look.State) > Weight(before.State) ? look : before;
        looks[clip] = stronger with { Seconds = Math.Max(look.Seconds, before.Seconds), Form = look.Form ?? before.Form };
    }

    private static int Weight(ClipState state) => state switch { ClipState.Anomaly => 2, ClipState.Normal => 1, _ => 0 };
}
