namespace Siaga.Web.Callers;

/// <summary>Reads the key that signs access tokens.</summary>
internal static class SigningKeys
{
    private const int MinBytes = 32;

    // 32 random bytes contain about 30 different values; a repeated word or zeros contain far fewer.
    private const int MinDistinct = 12;

    public static byte[] Read(AuthOptions options)
    {
        var text = (options.SigningKey, options.SigningKeyFile) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) => throw new InvalidOperationException(
                "Auth:SigningKey and Auth:SigningKeyFile are both set; keep one."),
            ({ Length: > 0 } key, _) => key,
            (_, { Length: > 0 } file) => File.ReadAllText(file),
            _ => throw new InvalidOperationException("Auth:SigningKey or Auth:SigningKeyFile must be set."),
        };
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.Trim(), bytes, out var length))
            throw new InvalidOperationException("The signing key (Auth:SigningKey) is not base64.");
        if (length < MinBytes)
            throw new InvalidOperationException($"The signing key (Auth:SigningKey) has {length} bytes; it needs at least {MinBytes}.");
        if (bytes.AsSpan(0, length).ToArray().Distinct().Count() < MinDistinct)
            throw new InvalidOperationException(
                "The signing key (Auth:SigningKey) is not random; make one with 'openssl rand -base64 48'.");
        return bytes[..length];
    }
}
