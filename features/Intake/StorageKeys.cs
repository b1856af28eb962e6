using System.Globalization;
using System.Text;

namespace Siaga.Intake;

/// <summary>The storage keys of clips, and what is kept of an uploader's file name.</summary>
internal static class StorageKeys
{
    private const int MaxNameLength = 200;

    /// <summary><c>{company}/{camera}/{yyyy}/{MM}/{dd}/{clip id}_{yyyyMMddTHHmmssZ}.mp4</c>, with the capture time in UTC.</summary>
    public static string Of(long companyId, long cameraId, string clipId, DateTimeOffset capturedAt)
    {
        var utc = capturedAt.UtcDateTime;
        return string.Create(
            CultureInfo.InvariantCulture, $"{companyId}/{cameraId}/{utc:yyyy'/'MM'/'dd}/{clipId}_{utc:yyyyMMdd'T'HHmmss'Z'}.mp4");
    }

    /// <summary>
    /// The name's last part without control characters, at most 200 characters. It is shown to people and never used as a path.
    /// </summary>
    public static string DisplayName(string? given)
    {
        var name = given ?? "";
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Surrogate)
                continue;
            if (kept.Length + rune.Utf16SequenceLength > MaxNameLength)
                break;
            kept.Append(rune.ToString());
        }

        return kept.Length == 0 ? "clip" : kept.ToString();
    }
}
