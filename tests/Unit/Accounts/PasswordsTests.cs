using Microsoft.Extensions.Options;
using Siaga.Accounts;
using Siaga.Web;

namespace Siaga.Tests.Unit.Accounts;

public sealed class PasswordsTests : IDisposable
{
    private const string Good = "pasar minggu kwz 7";

    private readonly Passwords _passwords = new(Options.Create(new AccountsOptions { PasswordIterations = 1000 }));

    public void Dispose() => _passwords.Dispose();

    [Theory]
    [InlineData(7, "password_short")]
    [InlineData(8, null)]
    [InlineData(256, null)]
    [InlineData(257, "password_long")]
    public void A_password_has_8_to_256_characters(int length, string? code)
    {
        var password = string.Concat(Enumerable.Repeat("kXw7-pqz", 40))[..length];
        Assert.Equal(code, Passwords.Check(password).Error?.Code);
    }

    [Fact]
    public void None_is_too_short() => Assert.Equal("password_short", Passwords.Check(null).Error!.Code);

    [Theory]
    [InlineData("password1", null)]
    [InlineData("P@ssw0rd!", null)]
    [InlineData("!!letmein2026", null)]
    [InlineData("kucingkucing", null)]
    [InlineData("rahasia123", null)]
    [InlineData("aaaaaaaa", null)]
    [InlineData("abababab", null)]
    [InlineData("qwertyui", null)]
    [InlineData("34567890", null)]
    [InlineData("budi@siaga.example", "budi@siaga.example")]
    [InlineData("budi2026", "budi@siaga.example")]
    public void What_is_guessed_first_is_refused(string password, string? email) =>
        Assert.Equal("password_common", Passwords.Check(password, email).Error!.Code);

    [Theory]
    [InlineData("budi2026", "siti@siaga.example")]
    [InlineData("aaaabbbc", null)]
    [InlineData("kucing garong lewat", null)]
    [InlineData(Good, "budi@siaga.example")]
    public void Anything_else_is_accepted(string password, string? email) => Assert.Equal(password, Passwords.Check(password, email).Value);

    [Fact]
    public async Task Only_the_right_password_of_a_user_that_exists_is_right()
    {
        var user = new User
        {
            CompanyId = 7, Email = "budi@siaga.example", Role = Role.User, CreatedAt = DateTimeOffset.UnixEpoch,
            PasswordHash = await _passwords.HashAsync(Good, TestContext.Current.CancellationToken),
        };
        Assert.True(await VerifyAsync(user, Good));
        Assert.False(await VerifyAsync(user, Good + "x"));
        Assert.False(await VerifyAsync(null, Good));
    }

    [Fact]
    public async Task A_password_is_not_hashed_before_there_is_a_turn_however_long_that_takes()
    {
        var turns = new PartitionedConcurrencyLimiter(1, 5, TimeSpan.FromMilliseconds(1));
        using var passwords = new Passwords(Options.Create(new AccountsOptions { PasswordIterations = 1 }), turns);
        var others = await turns.TakeAsync("a", TestContext.Current.CancellationToken);
        var hashing = passwords.HashAsync(Good, TestContext.Current.CancellationToken);
        for (var i = 0; i < 20; i++)
            Assert.Null(await passwords.VerifyAsync(null, Good, "b", TestContext.Current.CancellationToken));
        Assert.False(hashing.IsCompleted);
        others!.Dispose();
        Assert.NotEmpty(await hashing);
    }

    private Task<bool?> VerifyAsync(User? user, string password) =>
        _passwords.VerifyAsync(user, password, "203.0.113.7", TestContext.Current.CancellationToken);
}
