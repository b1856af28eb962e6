using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Intake;

/// <summary>
/// Finds the cameras of uploads without a key, by their <c>camera_id</c>. Only under
/// <c>Compatibility:KeylessIngestion</c>. An archived camera is refused at most half a minute later.
/// </summary>
internal sealed class AnonymousIngestion(IngestionApi backend, IOptions<CompatibilityOptions> options, TimeProvider time)
{
    private const int MaxKept = 10_000;
    private const int MaxNameLength = 64;

    private static readonly TimeSpan s_kept = TimeSpan.FromSeconds(30);
    private static readonly Error s_unknown = new(ErrorKind.NotFound, "camera_not_found", "There is no such camera.");

    private readonly ConcurrentDictionary<string, (KnownKey? Camera, DateTimeOffset Until)> _kept = new(StringComparer.Ordinal);

    public static Error NotNamed { get; } = new(
        ErrorKind.Invalid, "camera_id_missing", "Without a key the part 'camera_id' must name the camera.");

    public bool AreAllowed => options.Value.KeylessIngestion;

    /// <param name="camera">As sent: an id or a stream key.</param>
    public async Task<Result<KnownKey>> FindAsync(string? camera, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(camera))
            return NotNamed;
        if (camera.Length > MaxNameLength || camera.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            return s_unknown;
        if (_kept.TryGetValue(camera, out var kept) && kept.Until > time.GetUtcNow())
            return kept.Camera is null ? s_unknown : kept.Camera;
        try
        {
            var found = await backend.FindCameraAsync(camera, cancellationToken);
            var known = found is null
                ? null
                : new KnownKey { Id = 0, Hash = "", CameraId = found.CameraId, CompanyId = found.CompanyId, Active = true };
            if (_kept.Count >= MaxKept)
                _kept.Clear();
            _kept[camera] = (known, time.GetUtcNow() + s_kept);
            return known is null ? s_unknown : known;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new Error(
                ErrorKind.Unavailable,
                "camera_unverified",
                "This camera is not known here yet, and the Backend does not answer; try again soon.");
        }
    }
}
