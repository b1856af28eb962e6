using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Siaga.Web.Callers;

namespace Siaga.Web;

/// <summary>Section <c>Auth</c>: signing of people's access tokens.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    private const int DerivedBytes = 32;

    /// <summary>The signing key, base64 of at least 32 random bytes. Either this or <see cref="SigningKeyFile"/>.</summary>
    public string? SigningKey { get; set; }

    /// <summary>A file that holds the key in base64.</summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>
    /// Lifetime of a token. Default 24 hours, because older clients never refresh. A token ends earlier when its session ends.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Derives a 32-byte key for another purpose; it is the same in every process with the same signing key.</summary>
    public byte[] DeriveKey(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, SigningKeys.Read(this), DerivedBytes, info: Encoding.UTF8.GetBytes(purpose));
}

/// <summary>Section <c>ServiceTokens</c>: shared secrets between services. A token that is not set admits no one.</summary>
public sealed class ServiceTokenOptions
{
    public const string Section = "ServiceTokens";

    /// <summary>The token that workers send as <c>X-Worker-Token</c> or <c>Bearer</c>; at least 24 characters.</summary>
    [HardToGuess]
    public string? Worker { get; set; }

    /// <summary>A file that holds the token instead.</summary>
    public string? WorkerFile { get; set; }

    /// <summary>The token that Ingestion sends as <c>X-Ingestion-Token</c> or <c>Bearer</c>; at least 24 characters.</summary>
    [HardToGuess]
    public string? Ingestion { get; set; }

    /// <summary>A file that holds the token instead.</summary>
    public string? IngestionFile { get; set; }
}

/// <summary>Requires at least 24 characters, at least 10 of them different.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HardToGuessAttribute() : ValidationAttribute("'{0}' is too easy to guess; make one with 'openssl rand -base64 33'.")
{
    private const int MinLength = 24;
    private const int MinDistinct = 10;

    public override bool IsValid(object? value) =>
        value is not string { Length: > 0 } text || (text.Length >= MinLength && text.Distinct().Count() >= MinDistinct);
}

/// <summary>Reads tokens from their files.</summary>
internal sealed class ServiceTokenFiles : IPostConfigureOptions<ServiceTokenOptions>
{
    public void PostConfigure(string? name, ServiceTokenOptions options)
    {
        options.Worker = Read(options.Worker, options.WorkerFile, "ServiceTokens:Worker");
        options.Ingestion = Read(options.Ingestion, options.IngestionFile, "ServiceTokens:Ingestion");
    }

    private static string? Read(string? token, string? file, string setting) => (token, file) switch
    {
        (_, null or "") => token,
        ({ Length: > 0 }, _) => throw new InvalidOperationException($"{setting} and {setting}File are both set; keep one."),
        _ => File.ReadAllText(file).Trim() is { Length: > 0 } read
            ? read
            : throw new InvalidOperationException($"{setting}File: {file} is empty."),
    };
}

[OptionsValidator]
internal sealed partial class AuthOptionsValidator : IValidateOptions<AuthOptions>;

[OptionsValidator]
internal sealed partial class ServiceTokenOptionsValidator : IValidateOptions<ServiceTokenOptions>;

/// <summary>
/// Refuses a signing key at startup that is unreadable, too short or clearly not random. The host checks whether a key is set at all,
/// because it reports everything that is missing; without a key <see cref="AccessTokens"/> cannot be created.
/// </summary>
internal sealed class SigningKeyValidator : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        if (string.IsNullOrEmpty(options.SigningKey) && string.IsNullOrEmpty(options.SigningKeyFile))
            return ValidateOptionsResult.Success;
        try
        {
            _ = SigningKeys.Read(options);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
