using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Siaga.Primitives;

namespace Siaga.Accounts;

/// <summary>
/// Hashes passwords slowly and salted, on at most half of the processors
/// and in turns by address, so that guessing does not starve other work.
/// </summary>
internal sealed class Passwords : IDisposable
{
    private const int MinLength = 8;
    private const int MaxLength = 256;

    // Enough for an office behind one address whose people all sign in at eight; more would wait longer than people do.
    private const int MaxWaiting = 50;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly PasswordHasher<User> _hasher;
    private readonly PartitionedConcurrencyLimiter _turns;
    private readonly Lazy<string> _decoyHash;

    public Passwords(IOptions<AccountsOptions> options)
        : this(options, new PartitionedConcurrencyLimiter(Math.Max(1, Environment.ProcessorCount / 2), MaxWaiting, s_patience))
    {
    }

    internal Passwords(IOptions<AccountsOptions> options, PartitionedConcurrencyLimiter turns)
    {
        _turns = turns;
        _hasher = new PasswordHasher<User>(
            Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));
        _decoyHash = new Lazy<string>(() => _hasher.HashPassword(null!, Guid.NewGuid().ToString()));
    }

    /// <summary>The error codes of a password that is not acceptable.</summary>
    public static string[] Codes { get; } = ["password_short", "password_long", "password_common"];

    /// <param name="email">The account's e-mail; null if unknown.</param>
    public static Result<string> Check(string? password, string? email = null) => password switch
    {
        null or { Length: < MinLength } =>
            new Error(ErrorKind.Invalid, "password_short", $"A password must have at least {MinLength} characters."),
        { Length: > MaxLength } => new Error(ErrorKind.Invalid, "password_long", $"A password must have at most {MaxLength} characters."),
        _ when CommonPasswords.Contains(password, email) =>
            new Error(ErrorKind.Invalid, "password_common", "This password is too common; choose another one."),
        _ => password,
    };

    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        // Setting a password does not queue behind sign-ins from the same address. It waits as long as it takes: it has no answer for
        // "too busy".
        using var turn = await _turns.WaitAsync(cancellationToken);
        return _hasher.HashPassword(null!, password);
    }

    /// <summary>Takes the same time whether the user exists or not.</summary>
    /// <param name="user">Null if no user has that e-mail; the result is then false.</param>
    /// <param name="address">The caller's address.</param>
    /// <returns>Null if too many callers of that address are waiting, or no turn was free in time.</returns>
    public async Task<bool?> VerifyAsync(User? user, string password, string address, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(address, cancellationToken);
        if (turn is null)
            return null;
        var hash = user?.PasswordHash ?? _decoyHash.Value;
        return _hasher.VerifyHashedPassword(null!, hash, password) != PasswordVerificationResult.Failed && user is not null;
    }

    public void Dispose() => _turns.Dispose();
}
