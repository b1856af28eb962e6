using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>A camera's last picture: a worker makes one from each clip that it analyses, and only the newest is kept.</summary>
internal static class LastPicture
{
    private static Error NoPicture { get; } = new(ErrorKind.NotFound, "camera_has_no_picture", "The camera has no picture yet.");

    private static Error NoCamera { get; } = new(ErrorKind.NotFound, "camera_not_found", "There is no such camera.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/cameras/{id:long}/picture", ShowAsync)
            .Describe(
                "Cameras",
                "Show a camera's last picture",
                "Of a recently analysed clip, at most 640 pixels wide. Ask again with its `ETag` in `If-None-Match`.")
            .AnswersFile(200, "image/jpeg", "The picture.").AnswersHeader("ETag", "Identifies the picture.")
            .Reads(new QueryParameter(
                "If-None-Match", ParameterKind.Text, "The `ETag` of the picture that you have: 304 while it is the last.")
            {
                IsHeader = true,
            })
            .Fails(404, NoPicture.Code, NoCamera.Code);
        routes.MapPut("/internal/cameras/{id:long}/picture", StoreAsync).RequireAuthorization(Policies.Worker).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(long id, HttpContext context, BackendDb db, ICameraRegistry cameras, IBlobStorage storage)
    {
        if (await cameras.FindAsync(id, context.RequestAborted) is null)
            return NoCamera.ToProblem();
        var picture = await db.Set<Footage>().AsNoTracking().Where(f => f.CameraId == id)
            .Select(f => new { f.PictureKey, f.PictureSha256 })
            .SingleOrDefaultAsync(context.RequestAborted);
        if (picture?.PictureKey is null)
            return NoPicture.ToProblem();
        var tag = $"\"{picture.PictureSha256}\"";
        var headers = context.Response.Headers;
        var known = context.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries);
        if (known.Any(t => t == "*" || t == tag || t == "W/" + tag))
        {
            (headers.ETag, headers.CacheControl) = (tag, "private, no-cache");
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (await storage.OpenReadAsync(picture.PictureKey, context.RequestAborted) is not { } content)
            return NoPicture.ToProblem();
        (headers.ETag, headers.CacheControl) = (tag, "private, no-cache");
        return TypedResults.Stream(content, "image/jpeg");
    }

    private static async Task<IResult> StoreAsync(
        long id, StoredCameraPicture request, Storing storing, CancellationToken cancellationToken) =>
        (await storing.RunAsync(id, request, cancellationToken)).ToHttp();

    internal sealed class Storing(BackendDb db, ICameraRegistry cameras, IBlobStorage storage) : IClipProduct
    {
        public string Part => "camera_picture";

        public async Task<Result<JsonElement>> TakeAsync(long cameraId, JsonElement product, CancellationToken cancellationToken)
        {
            var stored = await RunAsync(
                cameraId,
                product.Deserialize(MessageJsonContext.Default.StoredCameraPicture) ?? throw new JsonException(),
                cancellationToken);
            return stored.IsOk
                ? JsonSerializer.SerializeToElement(stored.Value, MessageJsonContext.Default.StoredCameraPictureAnswer)
                : stored.Error;
        }

        public async Task<Result<StoredCameraPictureAnswer>> RunAsync(
            long id, StoredCameraPicture request, CancellationToken cancellationToken)
        {
            if (await cameras.FindAsync(id, cancellationToken) is not { } camera)
                return NoCamera;
            if (!LastPictureKeys.IsHash(request.Sha256)
                || request.StorageKey != LastPictureKeys.Of(camera.CompanyId, id, request.ClipId)
                || !BlobKey.IsValid(request.StorageKey)
                || await storage.FindAsync(request.StorageKey, cancellationToken) is not { } stored
                || stored.Size != request.Size)
                return new Error(ErrorKind.Invalid, "picture_not_stored", "The picture must be stored in its camera's folder.");
            var noted = await TryNoteAsync(camera, request, cancellationToken) ?? await TryNoteAsync(camera, request, cancellationToken);
            if (noted is not { } now)
                return new Error(ErrorKind.Unavailable, "try_again", "Other clips of the camera were faster; report it again.");
            if (now.Unwanted is not null)
                await storage.DeleteAsync(now.Unwanted, cancellationToken);
            return new StoredCameraPictureAnswer(now.IsLast);
        }

        /// <returns>Null: the clip's own message added the camera's row at the same moment.</returns>
        private async Task<(bool IsLast, string? Unwanted)?> TryNoteAsync(
            CameraRef camera, StoredCameraPicture request, CancellationToken cancellationToken)
        {
            try
            {
                return await NoteAsync(camera, request, cancellationToken);
            }
            catch (DbUpdateException e) when (db.IsUniqueViolation(e))
            {
                db.ChangeTracker.Clear();
                return null;
            }
        }

        /// <returns>Whether it is the last picture now, and the object that is no longer needed.</returns>
        private async Task<(bool IsLast, string? Unwanted)> NoteAsync(
            CameraRef camera, StoredCameraPicture request, CancellationToken cancellationToken)
        {
            await using var transaction = await db.BeginExclusiveAsync($"pictures/{camera.Id}", cancellationToken);
            var before = await db.Set<Footage>().AsNoTracking().SingleOrDefaultAsync(f => f.CameraId == camera.Id, cancellationToken);
            if (before?.PictureKey == request.StorageKey)
                return (true, null);
            if (before?.PictureAt > request.CapturedAt)
                return (false, request.StorageKey);
            var noted = await db.Set<Footage>().Where(f => f.CameraId == camera.Id).ExecuteUpdateAsync(
                set => set.SetProperty(f => f.PictureKey, request.StorageKey).SetProperty(f => f.PictureSha256, request.Sha256)
                    .SetProperty(f => f.PictureAt, request.CapturedAt),
                cancellationToken);

            // The first report about a camera adds its row.
            if (noted == 0)
            {
                db.Add(new Footage
                {
                    CameraId = camera.Id,
                    CompanyId = camera.CompanyId,
                    PictureKey = request.StorageKey,
                    PictureSha256 = request.Sha256,
                    PictureAt = request.CapturedAt,
                });
                await db.SaveChangesAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return (true, before?.PictureKey);
        }
    }
}

/// <summary>
/// Storage keys of last pictures: <c>{company}/{camera}/picture/{clip}.jpg</c>. Each picture has its own key, because objects never change.
/// </summary>
internal static partial class LastPictureKeys
{
    public static string Folder(long companyId, long cameraId) =>
        string.Create(CultureInfo.InvariantCulture, $"{companyId}/{cameraId}/picture/");

    public static string Of(long companyId, long cameraId, string clipId) => $"{Folder(companyId, cameraId)}{clipId}.jpg";

    /// <summary>The camera of a key; null if it is not a picture's key.</summary>
    public static long? CameraOf(string key) =>
        Form().Match(key) is { Success: true } match
        && long.TryParse(match.Groups["camera"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var camera)
            ? camera
            : null;

    public static bool IsHash(string? sha256) => sha256 is not null && Hashes().IsMatch(sha256);

    [GeneratedRegex(
        @"^[0-9]+/(?<camera>[0-9]+)/picture/[A-Za-z0-9._-]+\.jpg\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hashes();
}
