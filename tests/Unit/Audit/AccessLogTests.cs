using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Siaga.Audit;

namespace Siaga.Tests.Unit.Audit;

public sealed class AccessLogTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private readonly Accessor _accessor = new();
    private readonly AccessLog _log;

    public AccessLogTests()
    {
        _log = new AccessLog(null!, _accessor, _time);
        _accessor.HttpContext = RequestOf(3, "203.0.113.7");
    }

    [Fact]
    public void The_same_links_of_the_same_person_are_noted_once_a_minute()
    {
        Issue("anomalies/1");
        _time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Issue("anomalies/1");
        Assert.Equal(1, _log.Waiting);
        _time.Advance(TimeSpan.FromTicks(1));
        Issue("anomalies/1");
        Assert.Equal(2, _log.Waiting);
    }

    [Fact]
    public void Another_target_person_or_address_is_noted()
    {
        Issue("anomalies/1");
        Issue("anomalies/2");
        _accessor.HttpContext = RequestOf(4, "203.0.113.7");
        Issue("anomalies/1");
        _accessor.HttpContext = RequestOf(3, "203.0.113.8");
        Issue("anomalies/1");
        Assert.Equal(4, _log.Waiting);
    }

    [Fact]
    public void Without_a_person_nothing_is_noted()
    {
        _accessor.HttpContext = new DefaultHttpContext();
        Issue("anomalies/1");
        _accessor.HttpContext = null;
        Issue("anomalies/1");
        Assert.Equal(0, _log.Waiting);
    }

    [Fact]
    public void While_the_database_is_away_memory_is_bounded()
    {
        for (var i = 0; i <= 100_000; i++)
            Issue($"anomalies/{i}");
        Assert.Equal(100_000, _log.Waiting);
    }

    [Fact]
    public async Task A_pass_is_waited_for_until_there_is_an_entry()
    {
        var waiting = _log.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        Issue("anomalies/1");
        await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        // It is not written yet, as after a pass that failed.
        Assert.True(_log.WaitAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task A_pass_without_entries_asks_no_database() =>
        Assert.Equal(0, await _log.RunOnceAsync(TestContext.Current.CancellationToken));

    [Fact]
    public void An_entry_of_no_company_is_shown_without_one()
    {
        Assert.Equal(0, ListAudit.ItemOf(Entry(AuditEntry.NoCompany)).CompanyId);
        Assert.Equal(7, ListAudit.ItemOf(Entry(7)).CompanyId);
    }

    private static AuditEntry Entry(long company) => new() { CompanyId = company, At = default, Actor = "a", Action = "b", Target = "c" };

    private static DefaultHttpContext RequestOf(long user, string address)
    {
        Claim[] claims =
        [
            new("user_id", $"{user}"), new("email", "a@b"), new("company_id", "7"), new("role", "user"), new("sid", "s"),
            new("exp", "9999999999"),
        ];
        var context = new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity(claims, "test")) };
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return context;
    }

    private void Issue(string target) => _log.LinksIssued(7, target);

    private sealed class Accessor : IHttpContextAccessor
    {
        public HttpContext? HttpContext { get; set; }
    }
}
