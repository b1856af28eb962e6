using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>
/// One of Siaga's workers reports a task's result. 201 the first time, 200 on a repeated report; a 4xx can never succeed.
/// </summary>
internal static class ReportAnalysis
{
    internal sealed record Failure(string Code, string Message);

    internal sealed record ModelUsed(string Name, string? Sha256 = null);

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Request
    {
        public required string TaskId { get; init; }

        public required string ClipId { get; init; }

        [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
        public required long CameraId { get; init; }

        public required long CompanyId { get; init; }

        public required string StorageKey { get; init; }

        public required string Sha256 { get; init; }

        public required AnalysisState State { get; init; }

        public Failure? Reason { get; init; }

        public ModelUsed? Model { get; init; }

        public IReadOnlyDictionary<string, double> Labels { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

        public bool Anomaly { get; init; }

        public string? Label { get; init; }

        public double Confidence { get; init; }

        public IReadOnlyList<Window> Windows { get; init; } = [];

        public int Frames { get; init; }

        public double Seconds { get; init; }

        public double DecodeMs { get; init; }

        public double InferMs { get; init; }

        public required DateTimeOffset CapturedAt { get; init; }

        public required DateTimeOffset ReceivedAt { get; init; }

        public string? Worker { get; init; }

        /// <summary>The detector that gave the verdict: <c>model</c> (default) or <c>scene</c>.</summary>
        public string? Detector { get; init; }

        /// <summary>The scene detector's finding for the clip, whichever detector gave the verdict.</summary>
        public SceneFinding? Scene { get; init; }

        /// <summary>The clip's format.</summary>
        public ClipForm? Video { get; init; }

        /// <summary>What each detector found, with or without an alarm. Default none.</summary>
        public IReadOnlyList<Finding> Findings { get; init; } = [];
    }

    private static Request Example { get; } = new()
    {
        TaskId = "01936e1c-9f00-7c33-b8aa-0f3a6a1f5a11",
        ClipId = "01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10",
        CameraId = 9,
        CompanyId = 7,
        StorageKey = "7/9/2026/11/24/01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10_20261124T080000Z.mp4",
        Sha256 = new string('a', 64),
        State = AnalysisState.Analysed,
        Model = new ModelUsed("lobby", new string('b', 64)),
        Labels = new Dictionary<string, double>(StringComparer.Ordinal) { ["fighting"] = 0.93 },
        Anomaly = true,
        Label = "fighting",
        Confidence = 0.93,
        Windows = [],
        Detector = Detectors.Model,
        Scene = SceneFinding.Example,
        Video = new ClipForm("h264", "yuv420p", "mov,mp4,m4a,3gp,3g2,mj2"),
        Findings = [FindingRules.Example],
        CapturedAt = AnomalyItem.Example.CapturedAt,
        ReceivedAt = AnomalyItem.Example.ReceivedAt,
    };

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/analyses", HandleAsync)
        .RequireAuthorization(Policies.Worker).WithBodyLimit(BodyLimit.ReportBytes)
        .ProvenBy(SecurityMetadata.WorkerToken, SecurityMetadata.WorkerBearer)
        .Describe("Reports", "Report the result of a task", "Idempotent by `task_id`: 201 the first time, 200 when it is told again.")
        .Takes(Example)
        .Answers(201, new Recorded(311, 120, true), "Stored.")
        .Answers(200, new Recorded(311, 120, false, HasPicture: true), "It was stored before.")
        .Fails(400, ReportRules.Codes).Fails(404, "camera_not_found").Fails(409, AnalysisStore.TaskReused.Code);

    private static async Task<IResult> HandleAsync(
        Request request, ICameraRegistry cameras, AnalysisStore ledger, TimeProvider time, CancellationToken cancellationToken)
    {
        if (ReportRules.Check(request) is { } error)
            return error.ToProblem();
        var camera = await cameras.FindAsync(request.CameraId, cancellationToken);
        if (camera is null || camera.CompanyId != request.CompanyId)
            return new Error(ErrorKind.NotFound, "camera_not_found", "This company has no such camera.").ToProblem();
        var recorded = await ledger.RecordAsync(AnalysisOf(request, time.GetUtcNow()), cancellationToken);
        if (!recorded.IsOk)
            return recorded.Error.ToProblem();
        return recorded.Value.Created
            ? TypedResults.Created($"/api/analyses/{recorded.Value.AnalysisId}", recorded.Value)
            : TypedResults.Ok(recorded.Value);
    }

    private static Analysis AnalysisOf(Request r, DateTimeOffset now) => new()
    {
        CompanyId = r.CompanyId,
        CameraId = r.CameraId,
        TaskId = r.TaskId,
        ClipId = r.ClipId,
        StorageKey = r.StorageKey,
        Sha256 = r.Sha256,
        State = r.State,
        ReasonCode = r.State == AnalysisState.Failed ? r.Reason?.Code : null,
        Reason = r.State == AnalysisState.Failed ? r.Reason?.Message : null,
        ModelName = r.Model?.Name,
        ModelSha256 = r.Model?.Sha256,
        Detector = r.Detector,
        Scene = r.Scene,
        Codec = r.Video?.Codec,
        PixelFormat = r.Video?.PixelFormat,
        Container = r.Video?.Container,
        Findings = r.Findings.Count == 0 ? null : r.Findings,
        Labels = r.Labels,
        Anomaly = r.State == AnalysisState.Analysed && r.Anomaly,
        Label = r.Label,
        Confidence = r.Confidence,
        Windows = r.Windows,
        Frames = r.Frames,
        Seconds = r.Seconds,
        DecodeMs = r.DecodeMs,
        InferMs = r.InferMs,
        CapturedAt = r.CapturedAt,
        ReceivedAt = r.ReceivedAt,
        ReportedAt = now,
        Worker = r.Worker,
    };
}
