using Microsoft.Extensions.Time.Testing;
using Siaga.Database;

namespace Siaga.Tests.Unit.Database;

public sealed class CacheInvalidationTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CacheInvalidation _invalidation;

    public CacheInvalidationTests() => _invalidation = new CacheInvalidation(_time);

    [Fact]
    public void Nothing_is_cached_while_changes_do_not_arrive()
    {
        Assert.Null(_invalidation.Mark("anomalies/7"));
        _invalidation.Connected();
        var mark = _invalidation.Mark("anomalies/7")!.Value;
        Assert.True(_invalidation.IsCurrent("anomalies/7", mark));
        _invalidation.Disconnected();
        Assert.False(_invalidation.IsCurrent("anomalies/7", mark));
        Assert.Null(_invalidation.Mark("anomalies/7"));
    }

    [Fact]
    public void What_was_cached_before_a_disconnection_is_stale_after_it()
    {
        _invalidation.Connected();
        var mark = _invalidation.Mark("anomalies/7")!.Value;
        _invalidation.Disconnected();
        _invalidation.Connected();
        Assert.False(_invalidation.IsCurrent("anomalies/7", mark));
    }

    [Theory]
    [InlineData("anomalies/7", "anomalies/7", false)]
    [InlineData("anomalies", "anomalies/7", false)]
    [InlineData("anomalies/8", "anomalies/7", true)]
    [InlineData("anomalies/7", "anomalies", true)]
    [InlineData("cameras", "anomalies/7", true)]
    public void A_change_makes_its_own_topic_and_the_one_above_stale(string cached, string changed, bool isCurrent)
    {
        _invalidation.Connected();
        var mark = _invalidation.Mark(cached)!.Value;
        _invalidation.Changed(changed);
        Assert.Equal(isCurrent, _invalidation.IsCurrent(cached, mark));
    }

    [Fact]
    public void No_entry_is_trusted_for_two_seconds()
    {
        _invalidation.Connected();
        var mark = _invalidation.Mark("cameras")!.Value;
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.True(_invalidation.IsCurrent("cameras", mark));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False(_invalidation.IsCurrent("cameras", mark));
    }

    [Fact]
    public void Listeners_are_told_of_each_topic_and_of_nothing_when_the_connection_is_made_or_lost()
    {
        var heard = new List<string?>();
        _invalidation.Listen(heard.Add);
        _invalidation.Connected();
        _invalidation.Changed("cameras/3");
        _invalidation.Disconnected();
        Assert.Equal([null, "cameras/3", null], heard);
    }
}
