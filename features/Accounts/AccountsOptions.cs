using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Accounts;

/// <summary>Section <c>Backend:Accounts</c>.</summary>
public sealed class AccountsOptions
{
    public const string Section = "Backend:Accounts";

    /// <summary>PBKDF2 rounds of a password's hash. Default 210,000; fewer only in tests.</summary>
    [Range(1000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>How long a refresh token waits to be used. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan RefreshLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Failed sign-ins of one account from one address within <see cref="LoginWindow"/> before both must wait. Default 10.</summary>
    [Range(1, 10_000)]
    public int LoginFailuresPerAccount { get; set; } = 10;

    /// <summary>Failed sign-ins from one address, whatever the accounts, before it must wait. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int LoginFailuresPerAddress { get; set; } = 100;

    /// <summary>Failed sign-ins of one account from all addresses that it was not signed in from before, until those must wait. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int LoginFailuresFromStrangers { get; set; } = 100;

    /// <summary>How long an invitation waits to be accepted. Default 3 days.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "31.00:00:00")]
    public TimeSpan InvitationLifetime { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How long a worker's token lives. Default a year; it can be revoked at once.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "3660.00:00:00")]
    public TimeSpan WorkerTokenLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long a failed sign-in counts. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LoginWindow { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class AccountsOptionsValidator : IValidateOptions<AccountsOptions>;
