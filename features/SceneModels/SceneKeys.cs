using System.Globalization;
using System.Text.RegularExpressions;

namespace Siaga.SceneModels;

/// <summary>
/// Storage keys of scenes: <c>{company}/{camera}/scene/…</c>. A key tells what its object is, so the same object has the same key.
/// </summary>
internal static partial class SceneKeys
{
    private const int HashLength = 16;

    public static string Folder(long companyId, long cameraId) =>
        string.Create(CultureInfo.InvariantCulture, $"{companyId}/{cameraId}/scene/");

    public static string Version(long companyId, long cameraId, int number, string sha256) =>
        Folder(companyId, cameraId) + string.Create(CultureInfo.InvariantCulture, $"{number:D8}_{sha256[..HashLength]}.scene");

    public static string Lesson(long companyId, long cameraId, string name, int version) =>
        Folder(companyId, cameraId) + string.Create(CultureInfo.InvariantCulture, $"{name}_v{version}.lesson");

    /// <summary>The camera of a key; null if it is not a scene's key.</summary>
    public static long? CameraOf(string key) =>
        Form().Match(key) is { Success: true } match
        && long.TryParse(match.Groups["camera"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var camera)
            ? camera
            : null;

    public static bool IsName(string name) => Names().IsMatch(name);

    public static bool IsHash(string sha256) => Hashes().IsMatch(sha256);

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
