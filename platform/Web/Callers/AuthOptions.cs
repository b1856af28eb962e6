using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Siaga.Web.Callers;

namespace Siaga.Web;

/// <summary>Section <c>Auth</c>: how people's tokens are signed.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    private const int DerivedBytes = 32;

    /// <summary>The signing key, base64 of at least 32 random bytes. Either this or <see cref="SigningKeyFile"/>.</summary>
    public string? SigningKey { get; set; }

    /// <summary>A file that holds the key in base64.</summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>How long a token lives. Default 24 hours, since older clients never refresh; a token dies earlier with its session.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>A key for another purpose, the same in every process that has the same signing key. 32 bytes.</summary>
    public byte[] DeriveKey(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, SigningKeys.Read(this), DerivedBytes, info: Encoding.UTF8.GetBytes(purpose));
}

/// <summary>Section <c>ServiceTokens</c>: what services show each other. One that is not set admits nobody.</summary>
public sealed class ServiceTokenOptions
{
    public const string Section = "ServiceTokens";

    /// <summary>What workers send as <c>X-Worker-Token</c> or <c>Bearer</c>; at least 24 characters.</summary>
    [HardToGuess]
    public string? Worker { get; set; }

    /// <summary>A file that holds it instead.</summary>
    public string? WorkerFile { get; set; }

    /// <summary>What Ingestion sends as <c>X-Ingestion-Token</c> or <c>Bearer</c>; at least 24 characters.</summary>
    [HardToGuess]
    public string? Ingestion { get; set; }

    /// <summary>A file that holds it instead.</summary>
    public string? IngestionFile { get; set; }
}

/// <summary>At least 24 characters, of which at least 10 are different.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HardToGuessAttribute() : ValidationAttribute("'{0}' is too easy to guess; make one with 'openssl rand -base64 33'.")
{
    private const int MinLength = 24;
    private const int MinDistinct = 10;

    public override bool IsValid(object? value) =>
        value is not string { Length: > 0 } text || (text.Length >= MinLength && text.Distinct().Count() >= MinDistinct);
}

/// <summary>Reads the tokens that are kept in files.</summary>
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
/// Refuses a key that cannot be read, is short or plainly not random, before anybody signs in. Whether one is set is for the host to see
/// to, which knows all that is missing; without one <see cref="AccessTokens"/> cannot be made.
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
