using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>
/// Stores a task's result and everything that follows from it in one transaction: the analysis, its anomaly, the live event and the
/// message to the other services. The task is the key: reported twice, even at the same time, it is stored once.
/// </summary>
internal sealed class AnalysisStore(BackendDb db, IEventLog events, AlertMetrics metrics)
{
    public static Error TaskReused { get; } = new(ErrorKind.Conflict, "task_id_reused", "This 'task_id' belongs to another camera.");

    public async Task<Result<Recorded>> RecordAsync(Analysis analysis, CancellationToken cancellationToken)
    {
        if (await FindAsync(analysis, cancellationToken) is { } before)
            return before;
        try
        {
            var recorded = await StoreAsync(analysis, cancellationToken);
            events.Announce();
            metrics.Reported(analysis);
            return recorded;
        }
        catch (DbUpdateException e) when (db.IsUniqueViolation(e))
        {
            // Another request stored the same task at the same moment.
            db.ChangeTracker.Clear();
            return await FindAsync(analysis, cancellationToken)
                ?? throw new InvalidOperationException("A report was neither new nor known.", e);
        }
    }

    private async Task<Result<Recorded>?> FindAsync(Analysis analysis, CancellationToken cancellationToken)
    {
        // Task ids are unique over all companies. When another company has this id, the worker learns that it is taken and nothing else.
        var known = await db.Set<Analysis>().IgnoreQueryFilters().Where(a => a.TaskId == analysis.TaskId)
            .Select(a => new { a.Id, a.CameraId }).SingleOrDefaultAsync(cancellationToken);
        if (known is null)
            return null;
        if (known.CameraId != analysis.CameraId)
            return (Result<Recorded>)TaskReused;
        var anomaly = await db.Set<Anomaly>().Where(a => a.AnalysisId == known.Id)
            .Select(a => new { a.Id, a.PictureKey }).SingleOrDefaultAsync(cancellationToken);
        return (Result<Recorded>)new Recorded(known.Id, anomaly?.Id, Created: false, HasPicture: anomaly?.PictureKey is not null);
    }

    private async Task<Recorded> StoreAsync(Analysis analysis, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Add(analysis);
        await db.SaveChangesAsync(cancellationToken);
        Anomaly? anomaly = null;
        if (analysis is { State: AnalysisState.Analysed, Anomaly: true })
        {
            anomaly = AnomalyOf(analysis);
            db.Add(anomaly);
            await db.SaveChangesAsync(cancellationToken);
            await db.AnnounceAsync(AnomalyPages.TopicOf(analysis.CompanyId), cancellationToken);
            await events.AppendAsync(analysis.CompanyId, AnomalyEvents.EventKind, anomaly.Id, cancellationToken);
        }

        if (analysis.ClipId is { } clipId)
            db.Enqueue(MessageOf(analysis, clipId));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Recorded(analysis.Id, anomaly?.Id, Created: true);
    }

    private static Anomaly AnomalyOf(Analysis analysis)
    {
        var strongest = analysis.StrongestWindow();
        return new Anomaly
        {
            CompanyId = analysis.CompanyId,
            CameraId = analysis.CameraId,
            AnalysisId = analysis.Id,
            AnomalyType = analysis.Label ?? "anomaly",
            Confidence = analysis.Confidence,
            StorageKey = analysis.StorageKey,
            ClipId = analysis.ClipId,
            Detector = analysis.Detector,
            ModelName = analysis.ModelName,
            ModelSha256 = analysis.ModelSha256,
            Scene = analysis.Scene,
            Finding = FindingOf(analysis),
            FromS = strongest?.FromS,
            ToS = strongest?.ToS,
            CapturedAt = analysis.CapturedAt,
            ReceivedAt = analysis.ReceivedAt,
            ReportedAt = analysis.ReportedAt,
        };
    }

    /// <summary>The strongest alarm with the label of the verdict, from the detector that gave it; null when none was reported.</summary>
    private static Finding? FindingOf(Analysis analysis) => analysis.Findings?
        .Where(f => f.Alarm && f.Detector == (analysis.Detector ?? Detectors.Model) && f.Type == analysis.Label)
        .MaxBy(f => f.Score);

    private static OutboxMessage MessageOf(Analysis analysis, string clipId) => OutboxMessage.Of(
        $"analysis-{analysis.TaskId}",
        Routes.AnalysisRecorded,
        new AnalysisRecorded
        {
            TaskId = analysis.TaskId,
            ClipId = clipId,
            State = analysis.State == AnalysisState.Failed ? "failed" : "analysed",
            Reason = analysis.Reason,
            RecordedAt = analysis.ReportedAt,
        },
        MessageJson.Options,
        analysis.CompanyId.ToString(CultureInfo.InvariantCulture),
        analysis.ReportedAt);
}
