using System.Text.Json;
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
    private static ReportAnalysisRequest Example { get; } = new()
    {
        TaskId = "01936e1c-9f00-7c33-b8aa-0f3a6a1f5a11",
        ClipId = "01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10",
        CameraId = 9,
        CompanyId = 7,
        StorageKey = "7/9/2026/11/24/01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10_20261124T080000Z.mp4",
        Sha256 = new string('a', 64),
        State = AnalysisState.Analysed,
        Model = new ReportAnalysisModelUsed("lobby", new string('b', 64)),
        Labels = new Dictionary<string, double>(StringComparer.Ordinal) { ["fighting"] = 0.93 },
        Anomaly = true,
        Label = "fighting",
        Confidence = 0.93,
        Windows = [],
        Detector = Detectors.Model,
        Scene = SceneFindingRules.Example,
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
        ReportAnalysisRequest request, ICameraRegistry cameras, ICameraScenes scenes, AnalysisStore ledger, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (ReportRules.Check(request) is { } error)
            return error.ToProblem();
        var camera = await cameras.FindAsync(request.CameraId, cancellationToken);
        if (camera is null || camera.CompanyId != request.CompanyId)
            return new Error(ErrorKind.NotFound, "camera_not_found", "This company has no such camera.").ToProblem();
        var recorded = await ledger.RecordAsync(AnalysisOf(request, time.GetUtcNow()), cancellationToken);
        if (!recorded.IsOk)
            return recorded.Error.ToProblem();
        var answer = recorded.Value with { Scene = request.Scene is null ? null : await SceneOfAsync(camera, scenes, cancellationToken) };
        return answer.Created ? TypedResults.Created($"/api/analyses/{answer.AnalysisId}", answer) : TypedResults.Ok(answer);
    }

    // The worker needs no call of its own for the camera's next clip.
    private static async Task<SceneInfo?> SceneOfAsync(CameraRef camera, ICameraScenes scenes, CancellationToken cancellationToken) =>
        (await scenes.ForWorkersAsync(camera, cancellationToken)).Deserialize(MessageJsonContext.Default.SceneInfo);

    private static Analysis AnalysisOf(ReportAnalysisRequest r, DateTimeOffset now) => new()
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
