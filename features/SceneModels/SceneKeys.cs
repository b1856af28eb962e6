using System.Globalization;
using System.Text.RegularExpressions;
using Siaga.Messages;

namespace Siaga.SceneModels;

/// <summary>
/// Storage keys of scenes: <c>{company}/{camera}/scene/…</c>. A key tells what its object is, so the same object has the same key.
/// </summary>
internal static partial class SceneKeys
{
    public static string Folder(long companyId, long cameraId) =>
        string.Create(CultureInfo.InvariantCulture, $"{companyId}/{cameraId}/scene/");

    public static string Version(long companyId, long cameraId, int number, string sha256) =>
        Folder(companyId, cameraId) + SceneFiles.Version(number, sha256);

    public static string Lesson(long companyId, long cameraId, string name, int version) =>
        Folder(companyId, cameraId) + SceneFiles.Update(name, version);

    /// <summary>The camera of a key; null if it is not a scene's key.</summary>
    public static long? CameraOf(string key) =>
        Form().Match(key) is { Success: true } match
        && long.TryParse(match.Groups["camera"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var camera)
            ? camera
            : null;

    public static bool IsName(string? name) => name is not null && Names().IsMatch(name);

    public static bool IsHash(string? sha256) => sha256 is not null && Hashes().IsMatch(sha256);

    [GeneratedRegex(
        @"^[0-9]+/(?<camera>[0-9]+)/scene/[A-Za-z0-9._-]+\.(scene|lesson)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,100}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hashes();
}
