using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Accounts;

/// <summary>Section <c>Backend:Accounts</c>.</summary>
public sealed class AccountsOptions
{
    public const string Section = "Backend:Accounts";

    /// <summary>PBKDF2 iterations of a password hash. Default 210,000; use fewer only in tests.</summary>
    [Range(1000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>How long a refresh token stays valid if it is not used. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan RefreshLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Failed sign-ins to one account from one address within <see cref="LoginWindow"/> before that address must wait. Default 10.
    /// </summary>
    [Range(1, 10_000)]
    public int LoginFailuresPerAccount { get; set; } = 10;

    /// <summary>Failed sign-ins from one address, to any account, before that address must wait. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int LoginFailuresPerAddress { get; set; } = 100;

    /// <summary>
    /// Failed sign-ins to one account, from all addresses that have not
    /// signed in to it before, until those addresses must wait. Default 100.
    /// </summary>
    [Range(1, 1_000_000)]
    public int LoginFailuresFromStrangers { get; set; } = 100;

    /// <summary>How long an invitation can be accepted. Default 3 days.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "31.00:00:00")]
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How long a worker token is valid. Default 365 days; it can be revoked at any time.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "3660.00:00:00")]
    public TimeSpan WorkerTokenLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long a failed sign-in counts. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LoginWindow { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class AccountsOptionsValidator : IValidateOptions<AccountsOptions>;
