using Siaga.Operations;
using Siaga.Ports;

namespace Siaga.Tests.Unit.Operations;

public sealed class ListWorkersTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(45, true)]
    [InlineData(46, null)]
    public void Whether_a_worker_is_ready_is_known_while_it_says_so(int secondsAgo, bool? isReady) =>
        Assert.Equal(isReady, ListWorkers.ItemOf(Seen(secondsAgo), null, s_now).Ready);

    [Theory]
    [InlineData(0L, null)]
    [InlineData(7L, 7L)]
    public void A_worker_of_the_installation_has_no_company(long company, long? shown) =>
        Assert.Equal(shown, ListWorkers.ItemOf(Seen(0, company), null, s_now).CompanyId);

    [Fact]
    public void The_later_of_heartbeat_and_report_counts()
    {
        var seen = Seen(secondsAgo: 20, lastWorkAgo: 30);
        var early = ListWorkers.ItemOf(seen, new WorkerActivity("w", 7, s_now.AddSeconds(-40), 5), s_now);
        Assert.Equal(
            (s_now.AddSeconds(-20), s_now.AddSeconds(-30), 5), (early.LastSeenAt, early.LastAnalysisAt!.Value, early.ClipsLastHour));
        var late = ListWorkers.ItemOf(seen, new WorkerActivity("w", 7, s_now.AddSeconds(-10), 5), s_now);
        Assert.Equal((s_now.AddSeconds(-10), s_now.AddSeconds(-10)), (late.LastSeenAt, late.LastAnalysisAt!.Value));
    }

    [Fact]
    public void A_worker_that_did_nothing_yet_has_no_last_analysis()
    {
        var idle = ListWorkers.ItemOf(Seen(0), null, s_now);
        Assert.Null(idle.LastAnalysisAt);
        Assert.Equal(0, idle.ClipsLastHour);
        Assert.Equal(s_now, ListWorkers.ItemOf(Seen(0), new WorkerActivity("w", 7, s_now, 1), s_now).LastAnalysisAt);
    }

    [Fact]
    public void A_worker_is_not_taken_for_another_companys_of_the_same_name()
    {
        ServiceSighting[] seen = [Seen(0), Seen(0, company: 7), Seen(0, company: 8)];
        WorkerActivity[] done = [Work("w", 7, 70), Work("w", 9, 90), Work("w", 10, 5), Work("in-python", 7, 1), Work("in-python", 8, 2)];
        Assert.Equal(
            [("in-python", (long?)null, 3L), ("w", null, 95), ("w", 7, 70), ("w", 8, 0)],
            ListWorkers.ItemsOf(seen, done, s_now).Select(i => (i.Worker, i.CompanyId, i.ClipsLastHour)));
    }

    [Fact]
    public void Reports_under_a_name_that_only_another_company_uses_are_listed_without_one()
    {
        var items = ListWorkers.ItemsOf([Seen(0, company: 8)], [Work("w", 7, 70)], s_now).ToList();
        Assert.Equal([((long?)null, 70L), (8, 0)], items.Select(i => (i.CompanyId, i.ClipsLastHour)));
        Assert.Null(items[0].Version);
    }

    private static WorkerActivity Work(string name, long company, long reports) => new(name, company, s_now, reports);

    private static ServiceSighting Seen(int secondsAgo, long company = 0, int? lastWorkAgo = null) => new()
    {
        Service = ServiceSighting.Worker, Name = "w", CompanyId = company, Version = "1", Ready = true,
        LastSeenAt = s_now.AddSeconds(-secondsAgo), LastWorkAt = lastWorkAgo is { } ago ? s_now.AddSeconds(-ago) : null,
    };
}
