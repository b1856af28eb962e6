using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>A clip as evidence: the file as it was delivered, what is known of it, and the sums by which anybody can check both.</summary>
internal static class ExportClip
{
    private const string DetailsName = "details.json";
    private const string SumsName = "SHA256SUMS";

    // People read it: letters stay letters, and lines are lines.
    private static readonly JsonSerializerOptions s_details = new(WebJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Error Gone { get; } = new(ErrorKind.NotFound, "clip_gone", "The clip's file is no longer in storage.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/clips/{clip_id}/export", HandleAsync).HoldsSecret()
        .Describe("Clips", "Export a clip", $"The clip, `{DetailsName}` (camera, times, analyses, anomalies, models) and `{SumsName}`, which `sha256sum -c` checks. It is written into the audit.")
        .AnswersFile(200, "application/zip", "A ZIP archive, as a stream.")
        .Fails(404, ShowRecordedClip.NotFound.Code, Gone.Code);

    private static async Task<IResult> HandleAsync(
        [FromRoute(Name = "clip_id")] string clipId, HttpContext context, Caller caller, BackendDb db, ICameraRegistry cameras, IClipFindings findings,
        IBlobStorage storage, IAuditLog audit, TimeProvider time)
    {
        var cancellationToken = context.RequestAborted;
        if (await db.Set<Recording>().AsNoTracking().SingleOrDefaultAsync(r => r.ClipId == clipId, cancellationToken) is not { } clip
            || await cameras.FindAsync(clip.CameraId, cancellationToken) is not { } camera)
            return ShowRecordedClip.NotFound.ToProblem();
        var report = await findings.ReportAsync(clipId, cancellationToken);
        if (await storage.OpenReadAsync(clip.StorageKey, cancellationToken) is not { } content)
            return Gone.ToProblem();
        try
        {
            audit.Record(clip.CompanyId, "clip.exported", $"clips/{clip.ClipId}");
            await db.SaveChangesAsync(cancellationToken);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }

        return new Archive(clip, DetailsOf(clip, camera, report, caller, time.GetUtcNow()), content);
    }

    private static byte[] DetailsOf(Recording clip, CameraRef camera, ClipReport report, Caller caller, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(camera.TimeZone, out var known) ? known : TimeZoneInfo.Utc;
        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["clip"] = new JsonObject
                {
                    ["clip_id"] = clip.ClipId,
                    ["file"] = NameOf(clip),
                    ["size"] = clip.Size,
                    ["sha256"] = clip.Sha256,
                    ["captured_at"] = Text(clip.CapturedAt),
                    ["captured_at_local"] = Text(TimeZoneInfo.ConvertTime(clip.CapturedAt, zone)),
                    ["received_at"] = Text(clip.ReceivedAt),
                },
                ["camera"] = new JsonObject
                {
                    ["id"] = camera.Id,
                    ["company_id"] = camera.CompanyId,
                    ["name"] = camera.Name,
                    ["time_zone"] = camera.TimeZone,
                },
                ["analyses"] = report.Analyses,
                ["anomalies"] = report.Anomalies,
                ["exported_at"] = Text(now),
                ["exported_by"] = caller.Email,
            },
            s_details);
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);

    private static string NameOf(Recording clip) => clip.StorageKey[(clip.StorageKey.LastIndexOf('/') + 1)..];

    /// <summary>Written into the answer as it is read: never whole in memory, nor on a disk.</summary>
    private sealed class Archive(Recording clip, byte[] details, Stream content) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using var read = content;
            var response = httpContext.Response;
            response.ContentType = "application/zip";
            response.Headers.ContentDisposition = $"attachment; filename=\"{Path.ChangeExtension(NameOf(clip), ".zip")}\"";

            // The sum is the one of the clip's arrival: a file that has changed since does not pass.
            var sums = $"{clip.Sha256}  {NameOf(clip)}\n{Convert.ToHexStringLower(SHA256.HashData(details))}  {DetailsName}\n";
            var cancellationToken = httpContext.RequestAborted;
            await using var zip = await ZipArchive.CreateAsync(response.Body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            try
            {
                await AddAsync(zip, SumsName, new MemoryStream(Encoding.ASCII.GetBytes(sums)), CompressionLevel.Fastest, cancellationToken);
                await AddAsync(zip, DetailsName, new MemoryStream(details), CompressionLevel.Fastest, cancellationToken);
                var copied = await AddAsync(zip, NameOf(clip), read, CompressionLevel.NoCompression, cancellationToken);
                if (copied != clip.Size)
                    throw new IOException($"The clip has {copied} bytes, its row says {clip.Size}.");
            }
            catch
            {
                // The archive would be closed in good order with half a clip in it; a broken connection is what it is.
                httpContext.Abort();
                throw;
            }
        }

        private async Task<long> AddAsync(ZipArchive zip, string name, Stream from, CompressionLevel level, CancellationToken cancellationToken)
        {
            var entry = zip.CreateEntry(name, level);

            // What the format can say: from 1980 on.
            if (clip.CapturedAt.Year is >= 1980 and < 2107)
                entry.LastWriteTime = clip.CapturedAt;
            await using var to = await entry.OpenAsync(cancellationToken);
            var buffer = new byte[81920];
            long copied = 0;
            for (int count; (count = await from.ReadAsync(buffer, cancellationToken)) > 0; copied += count)
                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            return copied;
        }
    }
}
