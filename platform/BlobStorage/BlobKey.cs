namespace Siaga.BlobStorage;

/// <summary>The rule for storage keys. Every adapter checks it before it touches anything.</summary>
public static class BlobKey
{
    public const int MaxLength = 500;

    public static bool IsValid(string key)
    {
        if (string.IsNullOrEmpty(key) || key.Length > MaxLength)
            return false;
        foreach (var segment in key.Split('/'))
        {
            if (segment.Length == 0 || segment.All(c => c == '.') || !segment.All(IsAllowed))
                return false;
        }

        return true;
    }

    /// <exception cref="ArgumentException">The key is not valid.</exception>
    public static string Require(string key) =>
        IsValid(key) ? key : throw new ArgumentException("Not a storage key.", nameof(key));

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
