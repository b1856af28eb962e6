using Siaga.Health;
using Siaga.Messages.Api;

namespace Siaga.Tests.Unit.Health;

public sealed class ReportHealthTests
{
    private static readonly HealthState s_reason = new(false, "takes no messages: its disk is full")
    {
        Processes = [new HealthProcess("host/1", true, "ok", "1", default)],
    };

    [Fact]
    public async Task Reasons_and_processes_are_for_superadmins()
    {
        Assert.Equal(s_reason, await CheckAsync(() => s_reason, details: true));
        Assert.Equal(new HealthState(false, "not ok"), await CheckAsync(() => s_reason, details: false));
    }

    [Theory]
    [InlineData(true, "1 of 2 ready: x", "ok")]
    [InlineData(false, "not configured", "not configured")]
    [InlineData(false, "never seen", "not ok")]
    public async Task Others_learn_whether_a_part_works_or_is_not_configured(bool isOk, string status, string told) =>
        Assert.Equal(new HealthState(isOk, told), await CheckAsync(() => new HealthState(isOk, status), details: false));

    [Fact]
    public async Task A_check_that_fails_is_not_ok_and_its_exception_is_not_told()
    {
        Assert.Equal(new HealthState(false, "does not answer"), await CheckAsync(() => throw new IOException("secret"), details: true));
        Assert.Equal(new HealthState(false, "not ok"), await CheckAsync(() => throw new IOException("secret"), details: false));
    }

    private static Task<HealthState> CheckAsync(Func<HealthState> check, bool details) =>
        ReportHealth.CheckAsync(_ => Task.FromResult(check()), details, TestContext.Current.CancellationToken);
}
