using System.Net;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Siaga.Accounts;

namespace Siaga.Tests.Unit.Accounts;

public sealed class LoginLimiterTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(15);
    private static readonly DateTimeOffset s_eight = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(s_eight);

    [Fact]
    public void An_address_may_fail_so_often_at_one_account_and_goes_on_at_another()
    {
        var limiter = Limiter(perAccount: 3);
        Fail(limiter, "a", "1", 3);
        Assert.False(Tries(limiter, "a", "1"));
        Assert.True(Tries(limiter, "b", "1"));
        Assert.True(Tries(limiter, "a", "2"));
    }

    [Fact]
    public void An_address_may_fail_so_often_at_all_accounts_together()
    {
        var limiter = Limiter(perAddress: 3);
        foreach (var email in (string[])["a", "b", "c"])
            Fail(limiter, email, "1", 1);
        Assert.False(Tries(limiter, "d", "1"));
        Assert.True(Tries(limiter, "d", "2"));
    }

    [Fact]
    public void Many_addresses_that_guess_at_an_account_keep_strangers_out_and_not_who_was_there_before()
    {
        var limiter = Limiter(strangers: 3);
        Assert.True(Tries(limiter, "a", "home"));
        limiter.Succeeded("a", "home");
        foreach (var address in (string[])["1", "2", "3"])
            Fail(limiter, "a", address, 1);
        Assert.False(Tries(limiter, "a", "4"));
        Assert.True(Tries(limiter, "a", "home"));
        Assert.True(Tries(limiter, "b", "4"));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void An_address_is_known_for_thirty_days(int ticks, bool isKnown)
    {
        var limiter = Limiter(strangers: 1);
        Assert.True(Tries(limiter, "a", "home"));
        limiter.Succeeded("a", "home");
        _time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromTicks(ticks));
        Fail(limiter, "a", "1", 1);
        Assert.Equal(isKnown, Tries(limiter, "a", "home"));
    }

    [Fact]
    public void A_failure_counts_until_its_window_ends()
    {
        var limiter = Limiter(perAccount: 2);
        Fail(limiter, "a", "1", 2);
        _time.Advance(s_window - TimeSpan.FromTicks(1));
        Assert.False(Tries(limiter, "a", "1"));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(Tries(limiter, "a", "1"));
    }

    [Theory]
    [InlineData(0, "900")]
    [InlineData(899.5, "1")]
    [InlineData(300, "600")]
    public void The_answer_says_after_how_many_seconds_there_is_room(double after, string seconds)
    {
        var limiter = Limiter(perAccount: 1);
        Fail(limiter, "a", "1", 1);
        _time.Advance(TimeSpan.FromSeconds(after));
        var context = new DefaultHttpContext();
        Assert.Equal("too_many_logins", limiter.Begin(context, "a", "1")!.Code);
        Assert.Equal(seconds, context.Response.Headers.RetryAfter.ToString());
    }

    [Fact]
    public void A_right_password_takes_back_its_own_failure_and_leaves_the_older_ones_their_time()
    {
        var limiter = Limiter(perAddress: 2);
        Fail(limiter, "a", "1", 1);
        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.True(Tries(limiter, "b", "1"));
        limiter.Succeeded("b", "1");

        // The first failure is over now. Were the second one left in its place, only one more would fit.
        _time.Advance(TimeSpan.FromMinutes(2));
        Fail(limiter, "c", "1", 1);
        Fail(limiter, "d", "1", 1);
        Assert.False(Tries(limiter, "e", "1"));
    }

    [Fact]
    public void A_right_password_clears_what_the_address_got_wrong_at_the_account()
    {
        var limiter = Limiter(perAccount: 2);
        Fail(limiter, "a", "1", 1);
        Assert.True(Tries(limiter, "a", "1"));
        limiter.Succeeded("a", "1");
        Fail(limiter, "a", "1", 2);
        Assert.False(Tries(limiter, "a", "1"));
    }

    [Fact]
    public void However_the_attempts_come_no_window_holds_more_failures_than_are_allowed() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 400].Array[1, 60]).Sample((limit, pauses) =>
        {
            var time = new FakeTimeProvider(s_eight);
            var limiter = new LoginLimiter(
                Options.Create(new AccountsOptions { LoginFailuresPerAccount = limit, LoginWindow = s_window }), time);
            var allowed = new List<DateTimeOffset>();
            foreach (var pause in pauses)
            {
                time.Advance(TimeSpan.FromSeconds(pause));
                if (Tries(limiter, "a", "1"))
                    allowed.Add(time.GetUtcNow());
            }

            return allowed.TrueForAll(at => allowed.Count(a => a > at - s_window && a <= at) <= limit);
        });

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::")]
    public void An_attempt_counts_against_the_network_that_one_owner_controls(string address, string counted)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        Assert.Equal(counted, LoginLimiter.AddressOf(context));
    }

    [Fact]
    public void A_request_without_an_address_counts_too() => Assert.Equal("", LoginLimiter.AddressOf(new DefaultHttpContext()));

    private static void Fail(LoginLimiter limiter, string email, string address, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.True(Tries(limiter, email, address));
    }

    private static bool Tries(LoginLimiter limiter, string email, string address) =>
        limiter.Begin(new DefaultHttpContext(), email, address) is null;

    private LoginLimiter Limiter(int perAccount = 1000, int perAddress = 1000, int strangers = 1000) => new(
        Options.Create(new AccountsOptions
        {
            LoginFailuresPerAccount = perAccount,
            LoginFailuresPerAddress = perAddress,
            LoginFailuresFromStrangers = strangers,
            LoginWindow = s_window,
        }),
        _time);
}
