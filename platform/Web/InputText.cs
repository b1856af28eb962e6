using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>
/// The rules for text that people enter: trimmed, not empty, limited in length, no control characters, no lone surrogates.
/// </summary>
public static class InputText
{
    /// <param name="value">The text as received.</param>
    /// <param name="field">The field's name in the request.</param>
    /// <param name="maxLength">UTF-16 code units.</param>
    public static Result<string> Clean(string? value, string field, int maxLength)
    {
        var text = value?.Trim() ?? "";
        if (text.Length == 0)
            return new Error(ErrorKind.Invalid, $"{field}_empty", $"'{field}' must not be empty.");
        if (text.Length > maxLength)
            return new Error(ErrorKind.Invalid, $"{field}_too_long", $"'{field}' must not have more than {maxLength} characters.");
        if (text.Any(char.IsControl) || HasHalfCharacter(text))
            return new Error(ErrorKind.Invalid, $"{field}_unprintable", $"'{field}' contains characters that cannot be displayed.");
        return text;
    }

    /// <summary>As <see cref="Clean"/>, but returns null for empty or absent text.</summary>
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
