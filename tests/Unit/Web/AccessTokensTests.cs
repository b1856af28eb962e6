using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class AccessTokensTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 6, 1, 12, 0, 0, 500, TimeSpan.Zero));
    private readonly AccessTokens _tokens;

    public AccessTokensTests() => _tokens = TokensOf(FakeRequest.SigningKey);

    [Fact]
    public void A_token_ends_after_its_lifetime_in_whole_seconds() =>
        Assert.Equal(new DateTimeOffset(2025, 6, 1, 13, 0, 0, TimeSpan.Zero), _tokens.NextExpiry());

    [Fact]
    public async Task What_is_issued_is_read_back_also_from_the_cache()
    {
        var token = _tokens.Issue(CallerUntil(_tokens.NextExpiry()));
        Assert.Equal(CallerUntil(_tokens.NextExpiry()), await _tokens.ReadAsync(token));
        Assert.Equal(CallerUntil(_tokens.NextExpiry()), await _tokens.ReadAsync(token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_is_over_in_the_second_in_which_it_ends_whether_it_is_known_or_not(bool isKnown)
    {
        var expiry = _time.GetUtcNow().AddSeconds(9.5);
        var token = _tokens.Issue(CallerUntil(expiry));
        if (isKnown)
            Assert.NotNull(await _tokens.ReadAsync(token));
        _time.SetUtcNow(expiry.AddTicks(-1));
        Assert.NotNull(await _tokens.ReadAsync(token));
        _time.SetUtcNow(expiry);
        Assert.Null(await (isKnown ? _tokens : TokensOf(FakeRequest.SigningKey)).ReadAsync(token));
    }

    [Fact]
    public async Task A_token_of_another_key_or_with_another_content_is_none()
    {
        var token = _tokens.Issue(CallerUntil(_tokens.NextExpiry()));
        Assert.Null(await TokensOf("A" + FakeRequest.SigningKey[1..]).ReadAsync(token));
        var parts = token.Split('.');
        var other = _tokens.Issue(CallerUntil(_tokens.NextExpiry()) with { Role = Role.Superadmin }).Split('.');
        Assert.Null(await _tokens.ReadAsync($"{parts[0]}.{other[1]}.{parts[2]}"));
        Assert.Null(await _tokens.ReadAsync("not a token"));
    }

    [Fact]
    public async Task A_worker_s_token_is_no_person_s()
    {
        var worker = new WorkerCaller(7, "t1", _tokens.NextExpiry());
        var token = _tokens.Issue(worker);
        Assert.Null(await _tokens.ReadAsync(token));
        Assert.Equal(worker, WorkerCaller.Of((await _tokens.ReadPrincipalAsync(token))!));
    }

    private static Caller CallerUntil(DateTimeOffset expiry) => new(3, "a@b.example", 7, Role.User, "s1", expiry);

    private AccessTokens TokensOf(string key) =>
        new(Options.Create(new AuthOptions { SigningKey = key, TokenLifetime = TimeSpan.FromHours(1) }), _time);
}
