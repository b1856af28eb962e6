namespace Siaga.Composition.Wiring;

/// <summary>A secret that a setting holds, or a file that another setting names. An empty setting counts as not set.</summary>
internal static class SecretSetting
{
    /// <returns>Null when neither is set.</returns>
    public static string? Read(string? secret, string? file)
    {
        if (!string.IsNullOrEmpty(secret))
            return secret;
        return string.IsNullOrEmpty(file) ? null : File.ReadAllText(file).Trim();
    }
}
