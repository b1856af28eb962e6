using Microsoft.Extensions.Time.Testing;
using Siaga.App.Dashboard.Browser;
using Siaga.App.Dashboard.Session;
using Siaga.Messages.Api;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class SessionStateTests
{
    private static readonly string s_token = FakeDesk.TokenUntil(FakeDesk.Now.AddHours(1));
    private static readonly string s_next = FakeDesk.TokenUntil(FakeDesk.Now.AddHours(2), user: 4, role: "company_admin");
    private static readonly TokenSwap s_ended = new(401, null);
    private static readonly TokenSwap s_away = new(0, null);

    private readonly FakeTimeProvider _time = new(FakeDesk.Now);
    private readonly FakeScripts _scripts = new();
    private readonly SessionState _session;
    private int _changes;

    public SessionStateTests()
    {
        _session = new SessionState(FakeScripts.Browser(_scripts), _time);
        _session.Changed += () => _changes++;
    }

    [Fact]
    public void At_first_no_one_is_signed_in()
    {
        Assert.Equal(SessionStage.Out, _session.Stage);
        Assert.Null(_session.Person);
    }

    [Fact]
    public void Who_signs_in_is_read_from_the_token_and_the_browser_keeps_the_other_one()
    {
        _session.Begin(s_token, "refresh");
        Assert.Equal((SessionStage.In, s_token, 1), (_session.Stage, _session.Token!, _changes));
        Assert.Equal(new Person(3, "guard@siaga.example", 7, Role.User), _session.Person);
        Assert.Equal("refresh", _scripts.Kept["siaga.refresh"]);
    }

    [Theory]
    [InlineData(Role.User, false, false)]
    [InlineData(Role.CompanyAdmin, true, false)]
    [InlineData(Role.Superadmin, true, true)]
    public void Operators_are_administrators_too(Role role, bool isAdmin, bool isSuperadmin)
    {
        var person = new Person(3, "a@b.example", 7, role);
        Assert.Equal((isAdmin, isSuperadmin), (person.IsAdmin, person.IsSuperadmin));
    }

    [Theory]
    [InlineData(59 * 60 - 1, false)]
    [InlineData(59 * 60, true)]
    public async Task A_token_is_renewed_a_minute_before_it_ends(int seconds, bool isRenewed)
    {
        _session.Begin(s_token, "refresh");
        _scripts.Swaps.Enqueue(new TokenSwap(200, s_next));
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(isRenewed ? s_next : s_token, await _session.FreshTokenAsync());
        Assert.Equal(isRenewed ? 4 : 3, _session.Person!.Id);

        // The page that is open need not be drawn again.
        Assert.Equal(1, _changes);
    }

    [Fact]
    public async Task A_session_that_has_ended_waits_behind_the_sign_in_with_its_person()
    {
        _session.Begin(s_token, "refresh");
        _scripts.Swaps.Enqueue(s_ended);
        Assert.False(await _session.RenewAsync());
        Assert.Equal((SessionStage.Ended, 3), (_session.Stage, _session.Person!.Id));
        Assert.Null(_session.Token);
        _session.Begin(s_next, "refresh");
        Assert.Equal(SessionStage.In, _session.Stage);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_ends_no_session()
    {
        _session.Begin(s_token, "refresh");
        _scripts.Swaps.Enqueue(s_away);
        Assert.False(await _session.RenewAsync());
        Assert.Equal((SessionStage.In, s_token), (_session.Stage, _session.Token!));
    }

    [Fact]
    public async Task What_the_browser_kept_is_resumed()
    {
        await _session.ResumeAsync();
        Assert.Equal((SessionStage.Out, 0), (_session.Stage, _changes));
        _scripts.Kept["siaga.refresh"] = "refresh";
        _scripts.Swaps.Enqueue(new TokenSwap(200, s_token));
        await _session.ResumeAsync();
        Assert.Equal((SessionStage.In, 3), (_session.Stage, _session.Person!.Id));
    }

    [Fact]
    public async Task What_cannot_be_resumed_is_over_or_not_reachable_yet()
    {
        _scripts.Kept["siaga.refresh"] = "refresh";
        _scripts.Swaps.Enqueue(s_away);
        await _session.ResumeAsync();
        Assert.Equal(SessionStage.Unreachable, _session.Stage);
        _scripts.Swaps.Enqueue(s_ended);
        await _session.ResumeAsync();
        Assert.Equal(SessionStage.Out, _session.Stage);
    }

    [Fact]
    public void Who_signs_out_leaves_nothing()
    {
        _session.Begin(s_token, "refresh");
        _session.End();
        Assert.Equal((SessionStage.Out, 0, 2), (_session.Stage, _scripts.Kept.Count, _changes));
        Assert.Null(_session.Token);
        Assert.Null(_session.Person);
    }
}
