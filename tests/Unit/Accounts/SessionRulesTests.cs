using Siaga.Accounts;
using Siaga.Web;

namespace Siaga.Tests.Unit.Accounts;

public sealed class SessionRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_token_of_a_running_session_is_usable() => Assert.True(IsUsable(Token(), Session(), Person()));

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void It_is_usable_before_it_expires_and_not_at_that_moment(int ticks, bool isUsable) =>
        Assert.Equal(isUsable, IsUsable(Token(s_now.AddTicks(ticks)), Session(), Person()));

    [Fact]
    public void Nothing_is_usable_without_its_token_session_or_user()
    {
        Assert.False(IsUsable(null, Session(), Person()));
        Assert.False(IsUsable(Token(), null, Person()));
        Assert.False(IsUsable(Token(), Session(), null));
    }

    [Fact]
    public void A_session_that_has_ended_and_a_user_that_is_deleted_renew_nothing()
    {
        Assert.False(IsUsable(Token(), Session(revokedAt: s_now.AddDays(-1)), Person()));
        Assert.False(IsUsable(Token(), Session(), Person(deletedAt: s_now.AddDays(-1))));
    }

    private static bool IsUsable(RefreshToken? token, Session? session, User? user) => SessionRules.IsUsable(token, session, user, s_now);

    private static RefreshToken Token(DateTimeOffset? expiresAt = null) =>
        new() { SessionId = "s", Hash = "h", ExpiresAt = expiresAt ?? s_now.AddDays(1) };

    private static Session Session(DateTimeOffset? revokedAt = null) =>
        new() { Id = "s", UserId = 3, CreatedAt = s_now.AddDays(-2), RevokedAt = revokedAt };

    private static User Person(DateTimeOffset? deletedAt = null) => new()
    {
        CompanyId = 7, Email = "budi@siaga.example", Role = Role.User, PasswordHash = "", CreatedAt = s_now.AddDays(-9),
        DeletedAt = deletedAt,
    };
}
