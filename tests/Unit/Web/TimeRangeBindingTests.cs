using Microsoft.AspNetCore.Http;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class TimeRangeBindingTests
{
    private static readonly DateTimeOffset s_eight = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_bound_that_is_left_out_is_none()
    {
        Assert.Equal(new TimeRange(null, null), await ReadAsync(""));
        Assert.Equal(new TimeRange(s_eight, null), await ReadAsync("?from=2026-11-24T08:00:00Z&to="));
        Assert.Equal(new TimeRange(null, s_eight), await ReadAsync("?to=2026-11-24T08:00:00Z"));
    }

    [Fact]
    public async Task A_plus_that_was_not_escaped_is_understood() =>
        Assert.Equal(s_eight, (await ReadAsync("?from=2026-11-24T15:00:00+07:00"))!.From);

    [Fact]
    public async Task What_is_no_time_is_refused_by_its_name() => Assert.StartsWith(
        "'to'", (await Assert.ThrowsAsync<BadHttpRequestException>(() => ReadAsync("?to=noon"))).Message, StringComparison.Ordinal);

    private static async Task<TimeRange?> ReadAsync(string query) => await TimeRange.BindAsync(FakeRequest.To("/", query));
}
