using Siaga.Operations;

namespace Siaga.Tests.Unit.Operations;

public sealed class ServiceProbeTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_service_that_was_never_seen_is_not_ok() => AssertIs(false, "never seen", []);

    [Theory]
    [InlineData(45, true, "ok")]
    [InlineData(46, false, "not seen since 2026-11-30T07:59:14Z")]
    public void A_process_is_gone_after_three_missed_heartbeats(int secondsAgo, bool isOk, string status) =>
        AssertIs(isOk, status, [Seen("a", secondsAgo)]);

    [Fact]
    public void A_service_works_while_one_of_its_processes_is_ready() => AssertIs(
        true, "1 of 2 ready: The broker is away.", [Seen("a", 0), Seen("b", 0, lacks: "The broker is away."), Seen("c", 99)]);

    [Fact]
    public void A_service_whose_processes_all_lack_something_is_not_ok() =>
        AssertIs(false, "0 of 1 ready: No detector.", [Seen("a", 0, lacks: "No detector.")]);

    [Fact]
    public void A_silent_process_is_not_ok_though_its_last_word_was()
    {
        var processes = ServiceProbe.StateOf([Seen("a", 0), Seen("b", 46)], s_now).Processes!;
        Assert.Equal([("a", true), ("b", false)], processes.Select(p => (p.Name, p.Ok)));
    }

    private static void AssertIs(bool isOk, string status, List<ServiceSighting> seen)
    {
        var state = ServiceProbe.StateOf(seen, s_now);
        Assert.Equal((isOk, status), (state.Ok, state.Status));
    }

    private static ServiceSighting Seen(string name, int secondsAgo, string? lacks = null) => new()
    {
        Service = ServiceSighting.Worker, Name = name, CompanyId = 0, Version = "1", Ready = lacks is null, Status = lacks,
        LastSeenAt = s_now.AddSeconds(-secondsAgo),
    };
}
