using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Siaga.Accounts;

/// <summary>Lets one person become a superadmin, once.</summary>
internal sealed class Invitation
{
    public long Id { get; private set; }

    /// <summary>E-mail of the account that it creates, in lower case.</summary>
    public required string Email { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the secret that the invited person received.</summary>
    public required string Hash { get; init; }

    /// <summary>User id of the superadmin who invited.</summary>
    public required long CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public static string NewSecret() => "sinv_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
