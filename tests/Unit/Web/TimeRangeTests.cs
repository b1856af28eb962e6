using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class TimeRangeTests
{
    private static readonly DateTimeOffset s_eight = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-24T08:00:00Z")]
    [InlineData("2026-11-24T15:00:00+07:00")]
    [InlineData("2026-11-24T08:00:00.000Z")]
    [InlineData("2026-11-24 08:00:00Z")]
    public void A_time_with_an_offset_is_read(string text) => Assert.Equal(s_eight, TimeRange.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-24")]
    [InlineData("24.11.2026 08:00:00Z")]
    [InlineData("2026-13-24T08:00:00Z")]
    [InlineData("1764000000")]
    public void What_is_none_is_refused(string text) => Assert.Null(TimeRange.Parse(text));
}
