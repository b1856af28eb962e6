using Microsoft.Extensions.Time.Testing;
using Siaga.Accounts;
using Siaga.Database;

namespace Siaga.Tests.Unit.Accounts;

public sealed class ActiveSessionsTests
{
    private readonly CacheInvalidation _changes = new(new FakeTimeProvider());
    private readonly ActiveSessions _active;

    public ActiveSessionsTests()
    {
        _changes.Connected();
        _active = new ActiveSessions(_changes);
    }

    [Fact]
    public void A_session_that_was_kept_is_held_and_no_other()
    {
        _active.Keep("a", _changes.Mark(SessionCheck.Topic));
        Assert.True(_active.Holds("a"));
        Assert.False(_active.Holds("b"));
    }

    [Fact]
    public void The_end_of_any_session_makes_all_of_them_unknown()
    {
        _active.Keep("a", _changes.Mark(SessionCheck.Topic));
        _changes.Changed("anomalies/7");
        Assert.True(_active.Holds("a"));
        _changes.Changed(SessionCheck.Topic);
        Assert.False(_active.Holds("a"));
    }

    [Fact]
    public void A_session_that_ended_while_it_was_read_is_not_believed()
    {
        var mark = _changes.Mark(SessionCheck.Topic);
        _changes.Changed(SessionCheck.Topic);
        _active.Keep("a", mark);
        Assert.False(_active.Holds("a"));
    }

    [Fact]
    public void Nothing_is_kept_while_changes_do_not_arrive()
    {
        _changes.Disconnected();
        _active.Keep("a", _changes.Mark(SessionCheck.Topic));
        _changes.Connected();
        Assert.False(_active.Holds("a"));
    }

    [Fact]
    public void Memory_is_bounded_and_the_newest_stays()
    {
        var active = new ActiveSessions(_changes) { MaxKept = 2 };
        var mark = _changes.Mark(SessionCheck.Topic);
        active.Keep("a", mark);
        active.Keep("b", mark);
        Assert.True(active.Holds("a"));
        active.Keep("last", mark);
        Assert.True(active.Holds("last"));
        Assert.False(active.Holds("a"));
    }
}
