using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>Lists every analysis, newest first, including normal ones; shows one with its windows.</summary>
internal static class ListAnalyses
{
    /// <summary>One camera's, or all.</summary>
    internal sealed record CameraFilter(long? CameraId) : IQueryInput
    {
        public static IReadOnlyList<QueryParameter> Parameters { get; } = [ListAnomalies.Filter.Parameters[0]];

        public static ValueTask<CameraFilter?> BindAsync(HttpContext context) =>
            ValueTask.FromResult<CameraFilter?>(new(ListAnomalies.Filter.CameraOf(context)));
    }

    private static ListAnalysesItem Example { get; } = new()
    {
        Id = 311,
        TaskId = "01936e1c-9f00-7c33-b8aa-0f3a6a1f5a11",
        ClipId = AnomalyItem.Example.ClipId,
        CameraId = 9,
        CompanyId = 7,
        State = AnalysisState.Analysed,
        Model = new ListAnalysesModelItem("lobby", new string('a', 64)),
        Detector = Detectors.Model,
        Scene = SceneFindingRules.Example with { Score = 1.3, Alarm = false, Provisional = true },
        Findings = [FindingRules.Example with { Alarm = false }],
        Labels = new Dictionary<string, double>(StringComparer.Ordinal) { ["normal"] = 0.98, ["fighting"] = 0.02 },
        Anomaly = false,
        Label = "normal",
        Confidence = 0.98,
        CapturedAt = AnomalyItem.Example.CapturedAt,
        ReceivedAt = AnomalyItem.Example.ReceivedAt,
        ReportedAt = AnomalyItem.Example.ReportedAt,
        Seconds = 4,
        DecodeMs = 12.5,
        InferMs = 30.25,
        Worker = "worker-1",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/analyses", ListAsync)
            .Describe("Analyses", "List analyses, newest first", "Normal and failed ones too: proof that a clip was looked at.")
            .AnswersPage(Example);
        routes.MapGet("/api/analyses/{id:long}", GetAsync).Describe("Analyses", "Show an analysis with its windows")
            .Answers(200, Example with { Windows = [new Window(2, 4, Example.Labels)] }).Fails(404, "analysis_not_found");
    }

    private static async Task<IResult> ListAsync(
        Page page, CameraFilter filter, TimeRange range, HttpContext context, BackendDb db)
    {
        var rows = db.Set<Analysis>().AsNoTracking();
        if (page.After is { } after)
            rows = rows.Where(a => a.Id < after.First);
        if (filter.CameraId is { } camera)
            rows = rows.Where(a => a.CameraId == camera);
        if (range.From is { } from)
            rows = rows.Where(a => a.ReportedAt >= from);
        if (range.To is { } to)
            rows = rows.Where(a => a.ReportedAt < to);
        var found = await rows.OrderByDescending(a => a.Id).Take(page.Limit + 1).ToListAsync(context.RequestAborted);
        return page.Answer(context, found, a => new PageMark(a.Id), ItemOf);
    }

    private static async Task<IResult> GetAsync(long id, BackendDb db, CancellationToken cancellationToken)
    {
        var analysis = await db.Set<Analysis>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
        return analysis is null
            ? new Error(ErrorKind.NotFound, "analysis_not_found", "There is no such analysis.").ToProblem()
            : TypedResults.Ok(ItemOf(analysis) with { Windows = analysis.Windows });
    }

    internal static ListAnalysesItem ItemOf(Analysis a) => new()
    {
        Id = a.Id,
        TaskId = a.TaskId,
        ClipId = a.ClipId,
        CameraId = a.CameraId,
        CompanyId = a.CompanyId,
        State = a.State,
        Reason = a.ReasonCode is null ? null : new ListAnalysesReasonItem(a.ReasonCode, a.Reason ?? ""),
        Model = a.ModelName is null ? null : new ListAnalysesModelItem(a.ModelName, a.ModelSha256),
        Detector = a.State == AnalysisState.Failed ? null : a.Detector ?? Detectors.Model,
        Scene = a.Scene,
        Findings = a.Findings ?? [],
        Labels = a.Labels,
        Anomaly = a.Anomaly,
        Label = a.Label,
        Confidence = a.Confidence,
        CapturedAt = a.CapturedAt,
        ReceivedAt = a.ReceivedAt,
        ReportedAt = a.ReportedAt,
        Seconds = a.Seconds,
        DecodeMs = a.DecodeMs,
        InferMs = a.InferMs,
        Worker = a.Worker,
    };
}
