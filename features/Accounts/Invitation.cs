using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Siaga.Accounts;

/// <summary>Lets one person become a superadmin, once.</summary>
internal sealed class Invitation
{
    public long Id { get; private set; }

    /// <summary>In lower case: the account that it makes.</summary>
    public required string Email { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of what the invited person was given.</summary>
    public required string Hash { get; init; }

    /// <summary>The superadmin who invited.</summary>
    public required long CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public static string NewSecret() => "sinv_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
