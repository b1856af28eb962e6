using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Siaga.Primitives;

namespace Siaga.Accounts;

/// <summary>Hashes passwords slowly, salted, and never more of them at once than there are processors: guessing must not starve the rest.</summary>
internal sealed class Passwords : IDisposable
{
    private const int MinLength = 8;
    private const int MaxLength = 256;

    private static readonly HashSet<string> s_common = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "password1", "password12", "password123", "passw0rd", "12345678", "123456789", "1234567890", "12345678910", "11111111",
        "00000000", "87654321", "qwertyui", "qwertyuiop", "qwerty12", "qwerty123", "asdfghjk", "asdfghjkl", "1q2w3e4r", "1q2w3e4r5t",
        "1qaz2wsx", "zaq12wsx", "abcd1234", "abcdefgh", "abc12345", "aaaaaaaa", "iloveyou", "sunshine", "princess", "football", "baseball",
        "superman", "trustno1", "starwars", "letmein1", "welcome1", "admin123", "administrator", "changeme", "secret123", "rahasia1",
        "rahasia123", "sayangku", "indonesia", "bismillah", "password!", "p@ssw0rd", "p@ssword", "00000001", "12341234", "11223344",
    };

    private readonly PasswordHasher<User> _hasher;
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);
    private readonly Lazy<string> _nobodysHash;

    public Passwords(IOptions<AccountsOptions> options)
    {
        _hasher = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));
        _nobodysHash = new Lazy<string>(() => _hasher.HashPassword(null!, Guid.NewGuid().ToString()));
    }

    public static Result<string> Check(string? password) => password switch
    {
        null or { Length: < MinLength } => new Error(ErrorKind.Invalid, "password_short", $"A password has at least {MinLength} characters."),
        { Length: > MaxLength } => new Error(ErrorKind.Invalid, "password_long", $"A password has at most {MaxLength} characters."),
        _ when s_common.Contains(password) => new Error(ErrorKind.Invalid, "password_common", "This password is among the first that are guessed."),
        _ => password,
    };

    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return _hasher.HashPassword(null!, password);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Takes the same time whether there is a user or not.</summary>
    /// <param name="user">Null: nobody has that name; always false.</param>
    /// <param name="password">As typed.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<bool> VerifyAsync(User? user, string password, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var hash = user?.PasswordHash ?? _nobodysHash.Value;
            return _hasher.VerifyHashedPassword(null!, hash, password) != PasswordVerificationResult.Failed && user is not null;
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
