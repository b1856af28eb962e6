using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>Exports a clip as evidence: the file as delivered, what is known about it, and checksums to verify both.</summary>
internal static class ExportClip
{
    private const string DetailsName = "details.json";
    private const string SumsName = "SHA256SUMS";

    // People read this file, so letters are not escaped and lines are indented.
    private static readonly JsonSerializerOptions s_details = new(WebJson.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static Error Gone { get; } = new(ErrorKind.NotFound, "clip_gone", "The clip's file is no longer in storage.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/clips/{clip_id}/export", HandleAsync).HoldsSecret()
        .Describe(
            "Clips",
            "Export a clip",
            $"The clip, `{DetailsName}` (camera, times, analyses, anomalies, models) and `{SumsName}`, which `sha256sum -c` checks. "
            + "The export is audited.")
        .AnswersFile(200, "application/zip", "A ZIP archive, as a stream.")
        .Fails(404, ShowRecordedClip.NotFound.Code, Gone.Code);

    private static async Task<IResult> HandleAsync(
        [FromRoute(Name = "clip_id")] string clipId,
        HttpContext context,
        Caller caller,
        BackendDb db,
        ICameraRegistry cameras,
        IClipFindings findings,
        IBlobStorage storage,
        IAuditLog audit,
        TimeProvider time)
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

    /// <summary>Streams the archive into the response: it is never whole in memory or on disk.</summary>
    private sealed class Archive(Recording clip, byte[] details, Stream content) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using var read = content;
            var response = httpContext.Response;
            response.ContentType = "application/zip";
            response.Headers.ContentDisposition = $"attachment; filename=\"{Path.ChangeExtension(NameOf(clip), ".zip")}\"";

            // The checksum is the one of the delivered clip: a file that has changed since fails the check.
            var sums = $"{clip.Sha256}  {NameOf(clip)}\n{Convert.ToHexStringLower(SHA256.HashData(details))}  {DetailsName}\n";
            var cancellationToken = httpContext.RequestAborted;

            // The archive can end an entry only with a synchronous write of a few bytes. The clip itself is written asynchronously.
            if (httpContext.Features.Get<IHttpBodyControlFeature>() is { } body)
                body.AllowSynchronousIO = true;
            await using var zip = await ZipArchive.CreateAsync(
                response.Body, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
            try
            {
                await AddAsync(zip, SumsName, new MemoryStream(Encoding.ASCII.GetBytes(sums)), CompressionLevel.Fastest, cancellationToken);
                await AddAsync(zip, DetailsName, new MemoryStream(details), CompressionLevel.Fastest, cancellationToken);
                var copied = await AddAsync(zip, NameOf(clip), read, CompressionLevel.NoCompression, cancellationToken);
                if (copied != clip.Size)
                    throw new IOException($"The clip has {copied} bytes; its row says {clip.Size}.");
            }
            catch
            {
                // Otherwise the archive would be completed with half a clip in it. A broken connection shows the failure.
                httpContext.Abort();
                throw;
            }
        }

        private async Task<long> AddAsync(
            ZipArchive zip, string name, Stream from, CompressionLevel level, CancellationToken cancellationToken)
        {
            var entry = zip.CreateEntry(name, level);

            // ZIP can store dates from 1980 to 2107.
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
