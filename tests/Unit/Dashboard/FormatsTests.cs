using CsCheck;
using Siaga.App.Dashboard.Localization;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class FormatsTests
{
    private readonly Formats _english = new(FakeScripts.Localizer(Language.English));
    private readonly Formats _indonesian = new(FakeScripts.Localizer(Language.Indonesian));

    [Theory]
    [InlineData(1234.56, 1, "1,234.6", "1.234,6")]
    [InlineData(1234567, 0, "1,234,567", "1.234.567")]
    [InlineData(0.5, 2, "0.50", "0,50")]
    public void A_number_is_grouped_as_in_its_language(double value, int decimals, string english, string indonesian) =>
        Assert.Equal((english, indonesian), (_english.Number(value, decimals), _indonesian.Number(value, decimals)));

    [Fact]
    public void A_plain_number_is_as_a_person_types_it() =>
        Assert.Equal(("1234.5", "1234,5"), (_english.Plain(1234.5), _indonesian.Plain(1234.5)));

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(0.004, "0%")]
    [InlineData(0.5, "50%")]
    [InlineData(0.994, "99%")]
    [InlineData(0.9999, "99%")]
    [InlineData(1, "100%")]
    public void Only_certainty_is_a_hundred_percent(double share, string text) => Assert.Equal(text, _english.Percent(share));

    [Fact]
    public void A_greater_share_is_never_shown_as_less() => Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1]).Sample((a, b) =>
        Value(_english.Percent(Math.Min(a, b))) <= Value(_english.Percent(Math.Max(a, b))));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.9, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(3599, "59 min")]
    [InlineData(3600, "1 h")]
    [InlineData(3659, "1 h")]
    [InlineData(3660, "1 h 1 min")]
    [InlineData(86_399, "23 h 59 min")]
    [InlineData(86_400, "1 d")]
    [InlineData(-5, "0 s")]
    public void A_duration_has_one_or_two_units(double seconds, string text) =>
        Assert.Equal(text, _english.Span(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(-60, "just now", "baru saja")]
    [InlineData(4.9, "just now", "baru saja")]
    [InlineData(5, "5 s ago", "5 dtk lalu")]
    [InlineData(7200, "2 h ago", "2 jam lalu")]
    public void A_moment_ago_is_told_from_five_seconds_on(double seconds, string english, string indonesian)
    {
        var (at, now) = (FakeDesk.Now, FakeDesk.Now.AddSeconds(seconds));
        Assert.Equal((english, indonesian), (_english.Ago(at, now), _indonesian.Ago(at, now)));
    }

    [Theory]
    [InlineData(1023, "1,023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData((1 << 20) - 1, "1,024 KiB")]
    [InlineData(1 << 20, "1.0 MiB")]
    [InlineData((1 << 30) + (1 << 29), "1.5 GiB")]
    public void A_size_has_a_unit_that_fits(double bytes, string text) => Assert.Equal(text, _english.Bytes(bytes));

    [Fact]
    public void A_moment_is_told_in_the_camera_s_zone_and_the_reader_s_language()
    {
        var at = new DateTimeOffset(2026, 8, 31, 18, 5, 9, TimeSpan.Zero);
        Assert.Equal("1 Sep 2026, 01:05:09", _english.Moment(at, "Asia/Jakarta"));
        Assert.Equal("31 Agu 2026, 18:05:09", _indonesian.Moment(at, "UTC"));
        Assert.Equal("18:05", _english.Clock(at, null, seconds: false));
    }

    [Fact]
    public void An_unknown_zone_is_utc() => Assert.Equal(TimeZoneInfo.Utc, _english.Zone("Mars/Olympus"));

    [Fact]
    public void Every_month_has_its_name_in_both_languages() => Assert.All(Enumerable.Range(1, 12), month =>
    {
        var day = new DateOnly(2026, month, 3);
        Assert.StartsWith("3 ", _english.Day(day), StringComparison.Ordinal);
        Assert.Equal(_english.Day(day)[2], _indonesian.Day(day)[2]);
    });

    private static int Value(string percent) => int.Parse(percent.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);
}
