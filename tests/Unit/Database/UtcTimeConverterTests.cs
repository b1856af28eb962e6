using CsCheck;
using Siaga.Database;

namespace Siaga.Tests.Unit.Database;

public sealed class UtcTimeConverterTests
{
    private static readonly UtcTimeConverter s_converter = new();

    [Fact]
    public void A_time_is_stored_in_utc_to_the_microsecond_below() =>
        Gen.Select(Gen.Long[0, DateTime.MaxValue.Ticks], Gen.Int[-14, 14]).Sample((ticks, hours) =>
        {
            var offset = TimeSpan.FromHours(hours);
            if (ticks + offset.Ticks < 0 || ticks + offset.Ticks > DateTime.MaxValue.Ticks)
                return true;
            var time = new DateTimeOffset(ticks + offset.Ticks, offset);
            var stored = (DateTime)s_converter.ConvertToProvider(time)!;
            var read = (DateTimeOffset)s_converter.ConvertFromProvider(stored)!;
            return stored.Kind == DateTimeKind.Utc && read.Offset == TimeSpan.Zero && read.Ticks % TimeSpan.TicksPerMicrosecond == 0
                && time - read is { Ticks: >= 0 and < TimeSpan.TicksPerMicrosecond };
        });

    [Fact]
    public void Whatever_kind_the_driver_reads_is_utc() => Assert.Equal(
        new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero),
        s_converter.ConvertFromProvider(new DateTime(2025, 6, 1, 12, 0, 0, DateTimeKind.Unspecified)));
}
