using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Siaga.Primitives;

namespace Siaga.Accounts;

/// <summary>Hashes passwords slowly, salted, on half of the processors at most, each address in its turn: guessing must not starve the rest.</summary>
internal sealed class Passwords : IDisposable
{
    private const int MinLength = 8;
    private const int MaxLength = 256;

    // An office behind one address signs in at eight; some seconds of hashing are as long as anybody waits.
    private const int MaxWaiting = 50;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly PasswordHasher<User> _hasher;
    private readonly PartitionedConcurrencyLimiter _turns = new(Math.Max(1, Environment.ProcessorCount / 2), MaxWaiting, s_patience);
    private readonly Lazy<string> _nobodysHash;

    public Passwords(IOptions<AccountsOptions> options)
    {
        _hasher = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));
        _nobodysHash = new Lazy<string>(() => _hasher.HashPassword(null!, Guid.NewGuid().ToString()));
    }

    /// <summary>What a password that will not do is answered with.</summary>
    public static string[] Codes { get; } = ["password_short", "password_long", "password_common"];

    /// <param name="password">As typed.</param>
    /// <param name="email">Whose it is to be; null: not known.</param>
    public static Result<string> Check(string? password, string? email = null) => password switch
    {
        null or { Length: < MinLength } => new Error(ErrorKind.Invalid, "password_short", $"A password has at least {MinLength} characters."),
        { Length: > MaxLength } => new Error(ErrorKind.Invalid, "password_long", $"A password has at most {MaxLength} characters."),
        _ when CommonPasswords.Contains(password, email) =>
            new Error(ErrorKind.Invalid, "password_common", "This password is among the first that are guessed."),
        _ => password,
    };

    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        // Those who set passwords are signed in; they wait behind themselves, not behind guessers.
        using var turn = await _turns.TakeAsync(Guid.NewGuid().ToString(), cancellationToken);
        return _hasher.HashPassword(null!, password);
    }

    /// <summary>Takes the same time whether there is a user or not.</summary>
    /// <param name="user">Null: nobody has that name; always false.</param>
    /// <param name="password">As typed.</param>
    /// <param name="address">Who asks.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Null: too many from that address wait already.</returns>
    public async Task<bool?> VerifyAsync(User? user, string password, string address, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(address, cancellationToken);
        if (turn is null)
            return null;
        var hash = user?.PasswordHash ?? _nobodysHash.Value;
        return _hasher.VerifyHashedPassword(null!, hash, password) != PasswordVerificationResult.Failed && user is not null;
    }

    public void Dispose() => _turns.Dispose();
}
