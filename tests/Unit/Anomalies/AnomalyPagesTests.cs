using Microsoft.Extensions.Time.Testing;
using Siaga.Anomalies;
using Siaga.Database;
using Siaga.Messages.Api;

namespace Siaga.Tests.Unit.Anomalies;

public sealed class AnomalyPagesTests
{
    private static readonly AnomalyPages.Key s_ofSeven = new(7, "https://siaga.example", "/api/anomalies");
    private static readonly AnomalyPages.Key s_ofAll = new(null, "https://siaga.example", "/api/anomalies");

    private readonly FakeTimeProvider _time = new();
    private readonly CacheInvalidation _changes;
    private readonly AnomalyPages _pages;

    public AnomalyPagesTests()
    {
        _changes = new CacheInvalidation(_time);
        _changes.Connected();
        _pages = new AnomalyPages(_changes);
    }

    [Fact]
    public void A_page_is_kept_for_its_company_address_and_question_alone()
    {
        var kept = Keep(s_ofSeven);
        Assert.Same(kept, _pages.Find(s_ofSeven));
        Assert.Null(_pages.Find(s_ofSeven with { CompanyId = 8 }));
        Assert.Null(_pages.Find(s_ofSeven with { PublicBase = "https://other.example" }));
        Assert.Null(_pages.Find(s_ofSeven with { Asked = "/api/anomalies?limit=1" }));
        Assert.Null(_pages.Find(s_ofAll));
    }

    [Theory]
    [InlineData(7, false, false)]
    [InlineData(8, true, false)]
    public void A_change_of_a_company_ends_its_pages_and_those_of_all(long company, bool ofSeven, bool ofAll)
    {
        Keep(s_ofSeven);
        Keep(s_ofAll);
        _changes.Changed(AnomalyPages.TopicOf(company));
        Assert.Equal((ofSeven, ofAll), (_pages.Find(s_ofSeven) is not null, _pages.Find(s_ofAll) is not null));
    }

    [Fact]
    public void A_change_while_the_page_was_read_is_noticed()
    {
        var mark = _pages.Mark(s_ofSeven);
        _changes.Changed(AnomalyPages.TopicOf(7));
        _pages.Keep(s_ofSeven, mark, [AnomalyItem.Example], null);
        Assert.Null(_pages.Find(s_ofSeven));
    }

    [Fact]
    public void A_page_is_answered_and_not_kept_while_changes_do_not_arrive()
    {
        _changes.Disconnected();
        Assert.NotEmpty(Keep(s_ofSeven).Body);
        _changes.Connected();
        Assert.Null(_pages.Find(s_ofSeven));
    }

    [Fact]
    public void No_page_is_kept_for_two_seconds()
    {
        Keep(s_ofSeven);
        _time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.NotNull(_pages.Find(s_ofSeven));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_pages.Find(s_ofSeven));
    }

    [Fact]
    public void Pages_never_hold_more_than_64_megabytes_and_the_newest_stays()
    {
        var items = Enumerable.Repeat(AnomalyItem.Example with { ResolveNote = new string('x', 2000) }, 2000).ToList();
        var mark = _pages.Mark(s_ofSeven);
        var size = _pages.Keep(s_ofSeven, mark, items, null).Body.Length;
        var room = (int)((64L << 20) / size);
        for (var i = 1; i < room; i++)
            _pages.Keep(s_ofSeven with { Asked = $"{i}" }, mark, items, null);
        Assert.NotNull(_pages.Find(s_ofSeven));
        _pages.Keep(s_ofSeven with { Asked = "last" }, mark, items, null);
        Assert.Null(_pages.Find(s_ofSeven));
        Assert.NotNull(_pages.Find(s_ofSeven with { Asked = "last" }));
    }

    [Fact]
    public void Each_link_of_a_page_is_named_with_its_company() =>
        Assert.Equal([(AnomalyItem.Example.CompanyId, AnomalyItem.Example.Id)], Keep(s_ofSeven).Shown);

    private AnomalyPages.Rendered Keep(AnomalyPages.Key key) => _pages.Keep(key, _pages.Mark(key), [AnomalyItem.Example], null);
}
