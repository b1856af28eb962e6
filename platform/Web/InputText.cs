using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>The rules of text that people type: trimmed, not empty, no control characters, no half characters, bounded.</summary>
public static class InputText
{
    /// <param name="value">As it came.</param>
    /// <param name="field">Its name in the request.</param>
    /// <param name="maxLength">UTF-16 units.</param>
    public static Result<string> Clean(string? value, string field, int maxLength)
    {
        var text = value?.Trim() ?? "";
        if (text.Length == 0)
            return new Error(ErrorKind.Invalid, $"{field}_empty", $"'{field}' must not be empty.");
        if (text.Length > maxLength)
            return new Error(ErrorKind.Invalid, $"{field}_too_long", $"'{field}' has more than {maxLength} characters.");
        if (text.Any(char.IsControl) || HasHalfCharacter(text))
            return new Error(ErrorKind.Invalid, $"{field}_unprintable", $"'{field}' has characters that cannot be shown.");
        return text;
    }

    /// <summary>As <see cref="Clean"/>, with empty or absent text as null.</summary>
    public static Result<string?> CleanOptional(string? value, string field, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(value))
            return (string?)null;
        var text = Clean(value, field, maxLength);
        return text.IsOk ? text.Value : text.Error;
    }

    private static bool HasHalfCharacter(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == System.Text.Rune.ReplacementChar)
                return true;
        }

        return false;
    }
}
