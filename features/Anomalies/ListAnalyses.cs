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
    internal sealed record ModelItem(string Name, string? Sha256);

    internal sealed record ReasonItem(string Code, string Message);

    internal sealed record Item
    {
        public required long Id { get; init; }

        public required string TaskId { get; init; }

        public string? ClipId { get; init; }

        public required long CameraId { get; init; }

        public required long CompanyId { get; init; }

        public required AnalysisState State { get; init; }

        public ReasonItem? Reason { get; init; }

        public ModelItem? Model { get; init; }

        /// <summary><c>model</c> or <c>scene</c>: the detector that gave the verdict. Absent when the analysis failed.</summary>
        public string? Detector { get; init; }

        /// <summary>The scene detector's finding, whichever detector gave the verdict; absent when it did not run.</summary>
        public SceneFinding? Scene { get; init; }

        /// <summary>What each detector found, with or without an alarm; empty for nothing.</summary>
        public IReadOnlyList<Finding> Findings { get; init; } = [];

        public required IReadOnlyDictionary<string, double> Labels { get; init; }

        public required bool Anomaly { get; init; }

        public string? Label { get; init; }

        public required double Confidence { get; init; }

        public required DateTimeOffset CapturedAt { get; init; }

        public required DateTimeOffset ReceivedAt { get; init; }

        public required DateTimeOffset ReportedAt { get; init; }

        public required double Seconds { get; init; }

        public required double DecodeMs { get; init; }

        public required double InferMs { get; init; }

        public string? Worker { get; init; }

        /// <summary>Only in the answer for a single analysis.</summary>
        public IReadOnlyList<Window>? Windows { get; init; }

        public static Item Of(Analysis a) => new()
        {
            Id = a.Id,
            TaskId = a.TaskId,
            ClipId = a.ClipId,
            CameraId = a.CameraId,
            CompanyId = a.CompanyId,
            State = a.State,
            Reason = a.ReasonCode is null ? null : new ReasonItem(a.ReasonCode, a.Reason ?? ""),
            Model = a.ModelName is null ? null : new ModelItem(a.ModelName, a.ModelSha256),
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

    /// <summary>One camera's, or all.</summary>
    internal sealed record CameraFilter(long? CameraId) : IQueryInput
    {
        public static IReadOnlyList<QueryParameter> Parameters { get; } = [ListAnomalies.Filter.Parameters[0]];

        public static async ValueTask<CameraFilter?> BindAsync(HttpContext context) =>
            new((await ListAnomalies.Filter.BindAsync(context))?.CameraId);
    }

    private static Item Example { get; } = new()
    {
        Id = 311,
        TaskId = "01936e1c-9f00-7c33-b8aa-0f3a6a1f5a11",
        ClipId = AnomalyItem.Example.ClipId,
        CameraId = 9,
        CompanyId = 7,
        State = AnalysisState.Analysed,
        Model = new ModelItem("lobby", new string('a', 64)),
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
        return page.Answer(context, found, a => new PageMark(a.Id), Item.Of);
    }

    private static async Task<IResult> GetAsync(long id, BackendDb db, CancellationToken cancellationToken)
    {
        var analysis = await db.Set<Analysis>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken);
        return analysis is null
            ? new Error(ErrorKind.NotFound, "analysis_not_found", "There is no such analysis.").ToProblem()
            : TypedResults.Ok(Item.Of(analysis) with { Windows = analysis.Windows });
    }
}
