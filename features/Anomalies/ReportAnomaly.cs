using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>
/// A third-party worker reports an anomaly. Clients depend on the answer being exactly 200. With a <c>task_id</c> it is safe to repeat.
/// The clip must exist and belong to that camera, because its URL is later signed for users.
/// </summary>
internal static class ReportAnomaly
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/report-anomaly", HandleAsync).RequireAuthorization(Policies.Worker)
            .ProvenBy(SecurityMetadata.WorkerToken, SecurityMetadata.WorkerBearer)
            .Describe(
                "Reports", "Report an anomaly",
                "For workers of your own. With a `task_id` it is safe to repeat. The clip must be there, and of that camera.")
            .Takes(new ReportAnomalyRequest
            {
                CameraId = 9,
                AnomalyType = "fighting",
                Confidence = 0.93,
                VideoClipUrl = "7/9/2026/11/24/01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10_20261124T080000Z.mp4",
                TaskId = "task-1",
            })
            .Answers(200, new ReportAnomalyResponse(true, 120, 120, true), "Stored, now or before.")
            .Fails(400, "anomaly_type_invalid", "confidence_invalid", "video_clip_url_invalid", "task_id_invalid")
            .Fails(404, "camera_not_found", "clip_not_found").Fails(409, AnalysisStore.TaskReused.Code);

    private static async Task<IResult> HandleAsync(ReportAnomalyRequest request, Reporting reporting, CancellationToken cancellationToken)
    {
        var recorded = await reporting.RunAsync(request, cancellationToken);
        return recorded.ToHttp(r => TypedResults.Ok(new ReportAnomalyResponse(true, r.AnomalyId ?? 0, r.AnomalyId ?? 0, r.Created)));
    }

    /// <summary>The storage key in a key or URL, if it is under that camera; null otherwise.</summary>
    internal static string? KeyIn(string keyOrUrl, CameraRef camera)
    {
        var path = Uri.TryCreate(keyOrUrl, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "s3"
            ? uri.AbsolutePath
            : keyOrUrl;
        var home = $"/{camera.CompanyId}/{camera.Id}/";
        var rooted = "/" + path.TrimStart('/');
        var start = rooted.IndexOf(home, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var key = rooted[(start + 1)..];
        return key.Length <= 500 && ReportRules.IsStorageKey(key) ? key : null;
    }

    internal sealed class Reporting(ICameraRegistry cameras, IBlobStorage storage, AnalysisStore ledger, TimeProvider time)
    {
        public async Task<Result<Recorded>> RunAsync(ReportAnomalyRequest request, CancellationToken cancellationToken)
        {
            var error = ReportRules.Text(request.AnomalyType, "anomaly_type", 100)
                ?? ReportRules.Score(request.Confidence, "confidence")
                ?? ReportRules.Text(request.VideoClipUrl, "video_clip_url", 2000)
                ?? (request.TaskId is null ? null : ReportRules.Text(request.TaskId, "task_id", ReportRules.MaxTaskIdLength));
            if (error is not null)
                return error;
            if (await cameras.FindAsync(request.CameraId, cancellationToken) is not { } camera)
                return new Error(ErrorKind.NotFound, "camera_not_found", "There is no such camera.");
            if (KeyIn(request.VideoClipUrl, camera) is not { } key || await storage.FindAsync(key, cancellationToken) is not { } blob)
                return new Error(ErrorKind.NotFound, "clip_not_found", "'video_clip_url' is not a clip of this camera.");
            return await ledger.RecordAsync(AnalysisOf(request, camera, blob), cancellationToken);
        }

        private Analysis AnalysisOf(ReportAnomalyRequest request, CameraRef camera, BlobInfo blob)
        {
            var now = time.GetUtcNow();
            var reported = request.ReportedAt is { } told && told < now ? told : now;

            // Our keys end in {clip id}_{time}.mp4.
            var file = blob.Key[(blob.Key.LastIndexOf('/') + 1)..];
            var clip = file.Split('_')[0];
            return new Analysis
            {
                CompanyId = camera.CompanyId,
                CameraId = camera.Id,
                TaskId = request.TaskId ?? $"report-{Guid.NewGuid():N}",
                ClipId = Guid.TryParse(clip, out _) ? clip : null,
                StorageKey = blob.Key,
                State = AnalysisState.Analysed,
                Labels = new Dictionary<string, double>(StringComparer.Ordinal) { [request.AnomalyType] = request.Confidence },
                Anomaly = true,
                Label = request.AnomalyType,
                Confidence = request.Confidence,
                Windows = [],
                CapturedAt = blob.WrittenAt,
                ReceivedAt = blob.WrittenAt,
                ReportedAt = reported,
            };
        }
    }
}
