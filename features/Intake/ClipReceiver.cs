using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Siaga.BlobStorage;
using Siaga.Primitives;

namespace Siaga.Intake;

/// <summary>Reads one multipart upload: the clip's bytes stream to storage and through the hash, never whole in memory.</summary>
internal sealed class ClipReceiver(
    IBlobStorage storage,
    ClipStore clips,
    AnonymousIngestion anonymous,
    CompanyScope scope,
    IOptions<IntakeOptions> options,
    TimeProvider time)
{
    private const int MaxFieldBytes = 1024;
    private const int CopyBytes = 81920;
    private const int MaxParts = 20;

    private sealed record Form
    {
        /// <summary>Null until an upload without a key has named its camera.</summary>
        public KnownKey? Key { get; set; }

        public string? CameraId { get; set; }

        public string? CapturedAt { get; set; }

        public IBlobUpload? Upload { get; set; }

        public string? FileName { get; set; }

        public string Sha256 { get; set; } = "";

        public long Size { get; set; }
    }

    /// <param name="request">The upload; its body is read once.</param>
    /// <param name="key">The camera's key; null: the upload has none and names its camera itself.</param>
    public async Task<Result<Clip>> ReceiveAsync(HttpRequest request, KnownKey? key, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            return new Error(
                ErrorKind.Unsupported, "multipart_expected", "Send multipart/form-data with the file in the part 'video_clip'.");
        }

        var idempotencyKey = request.Headers["Idempotency-Key"] is [{ Length: > 0 } given] ? given : null;
        if (idempotencyKey is { Length: > 200 })
            return new Error(ErrorKind.Invalid, "idempotency_key_too_long", "An Idempotency-Key must have at most 200 characters.");

        var clipId = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        var form = new Form { Key = key };
        try
        {
            var reader = new MultipartReader(boundary, request.Body, CopyBytes) { BodyLengthLimit = null, HeadersLengthLimit = 32 * 1024 };
            if (await ReadPartsAsync(reader, form, clipId, cancellationToken) is { } error)
                return error;
            return await CompleteAsync(form, clipId, idempotencyKey, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException || IsBrokenOff(e, form))
        {
            return new Error(ErrorKind.Invalid, "upload_broken_off", "The upload ended too early; send it again.");
        }
        finally
        {
            if (form.Upload is not null)
                await form.Upload.DisposeAsync();
        }
    }

    // A failure of the connection while the clip is read, not one of the storage.
    private static bool IsBrokenOff(Exception e, Form form) =>
        e is IOException and not StorageFullException and not StorageUnavailableException and not BadHttpRequestException
        && form.Sha256.Length == 0;

    private static string FieldName(MultipartSection section, out string? fileName)
    {
        fileName = null;
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            return "";
        fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
        return HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
    }

    private static async Task<string> ReadFieldAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxFieldBytes + 1];
        var read = await section.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read > MaxFieldBytes
            ? throw new InvalidDataException("A field is too long.")
            : System.Text.Encoding.UTF8.GetString(buffer, 0, read).Trim();
    }

    private static bool IsCamera(string? given, long cameraId) => string.IsNullOrEmpty(given)
        || given == cameraId.ToString(CultureInfo.InvariantCulture) || given == $"cam{cameraId}";

    private async Task<Error?> ReadPartsAsync(MultipartReader reader, Form form, string clipId, CancellationToken cancellationToken)
    {
        for (var parts = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; parts++)
        {
            if (parts == MaxParts)
                return new Error(ErrorKind.Invalid, "too_many_parts", $"An upload must have at most {MaxParts} parts.");
            switch (FieldName(section, out var fileName))
            {
                case "video_clip" when form.Upload is not null:
                    return new Error(ErrorKind.Invalid, "more_than_one_clip", "Send one clip per request.");
                case "video_clip":
                    form.FileName = fileName;
                    if (await ReadClipAsync(section.Body, form, clipId, cancellationToken) is { } error)
                        return error;
                    break;
                case "camera_id":
                    form.CameraId = await ReadFieldAsync(section, cancellationToken);
                    if (await CheckCameraAsync(form, cancellationToken) is { } refused)
                        return refused;
                    break;
                case "captured_at":
                    form.CapturedAt = await ReadFieldAsync(section, cancellationToken);
                    break;
                default:
                    await section.Body.CopyToAsync(Stream.Null, cancellationToken);
                    break;
            }
        }

        return null;
    }

    private async Task<Error?> CheckCameraAsync(Form form, CancellationToken cancellationToken)
    {
        if (form.Key is { } known)
        {
            return IsCamera(form.CameraId, known.CameraId)
                ? null
                : new Error(ErrorKind.NotFound, "camera_not_found", "This key does not belong to such a camera.");
        }

        var named = await anonymous.FindAsync(form.CameraId, cancellationToken);
        if (!named.IsOk)
            return named.Error;
        form.Key = named.Value;
        return null;
    }

    private async Task<Error?> ReadClipAsync(Stream body, Form form, string clipId, CancellationToken cancellationToken)
    {
        var buffer = new byte[CopyBytes];
        var filled = await body.ReadAtLeastAsync(buffer, ContainerSniffer.WantedBytes, throwOnEndOfStream: false, cancellationToken);
        if (ContainerSniffer.Refuse(buffer.AsSpan(0, filled)) is { } refusal)
            return refusal;
        var captured = CapturedAt(form);
        if (!captured.IsOk)
            return captured.Error;
        var key = StorageKeys.Of(form.Key?.CompanyId ?? 0, form.Key?.CameraId ?? 0, clipId, captured.Value ?? time.GetUtcNow());
        form.Upload = await storage.BeginUploadAsync(key, cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (filled > 0)
        {
            form.Size += filled;
            if (form.Size > options.Value.MaxClipBytes)
                return TooLarge(options.Value);
            hash.AppendData(buffer, 0, filled);
            await form.Upload.Content.WriteAsync(buffer.AsMemory(0, filled), cancellationToken);
            filled = await body.ReadAsync(buffer, cancellationToken);
        }

        form.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        return null;
    }

    private async Task<Result<Clip>> CompleteAsync(
        Form form, string clipId, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (form.Upload is null)
            return new Error(ErrorKind.Invalid, "clip_missing", "There is no part 'video_clip' with the file.");
        var captured = CapturedAt(form);
        if (!captured.IsOk)
            return captured.Error;
        if (form.Key is not { } key)
            return AnonymousIngestion.NotNamed;
        scope.SetCompany(key.CompanyId);
        var received = new ReceivedClip(
            key,
            clipId,
            captured.Value,
            idempotencyKey,
            form.Sha256,
            form.Size,
            StorageKeys.DisplayName(form.FileName),
            time.GetUtcNow());
        return await clips.RecordAsync(received, form.Upload, cancellationToken);
    }

    private Result<DateTimeOffset?> CapturedAt(Form form)
    {
        if (string.IsNullOrEmpty(form.CapturedAt))
            return default(DateTimeOffset?);
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(form.CapturedAt, CultureInfo.InvariantCulture, utc, out var at) || at.Year < 1990)
            return new Error(ErrorKind.Invalid, "captured_at_invalid", "'captured_at' must be a time such as 2026-11-24T08:00:00Z.");
        return at > time.GetUtcNow() + options.Value.MaxClockAhead
            ? new Error(ErrorKind.Invalid, "captured_at_in_future", "'captured_at' is in the future; set the camera's clock.")
            : (DateTimeOffset?)at;
    }

    internal static Error TooLarge(IntakeOptions options) => new(
        ErrorKind.TooLarge, "clip_too_large", $"A clip must have at most {options.MaxClipBytes} bytes.");
}
