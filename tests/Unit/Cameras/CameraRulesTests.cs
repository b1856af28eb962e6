using CsCheck;
using Siaga.Cameras;

namespace Siaga.Tests.Unit.Cameras;

public sealed class CameraRulesTests
{
    [Theory]
    [InlineData("gate-1", true)]
    [InlineData("a", true)]
    [InlineData("9a", true)]
    [InlineData("_9", true)]
    [InlineData("9", false)]
    [InlineData("0123456789", false)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("à", false)]
    [InlineData("a\n", false)]
    public void A_stream_key_means_nothing_in_a_url_and_is_no_number(string key, bool isGood) =>
        Assert.Equal(isGood, CameraRules.StreamKey(key).IsOk);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_stream_key_has_at_most_64_characters(int length, bool isGood) =>
        Assert.Equal(isGood, CameraRules.StreamKey(new string('a', length)).IsOk);

    [Theory]
    [InlineData(null, null)]
    [InlineData(" ", null)]
    [InlineData(" rtsp://camera.local/stream ", "rtsp://camera.local/stream")]
    [InlineData("rtsps://u:p@c/s", "rtsps://u:p@c/s")]
    [InlineData("srt://c:9000", "srt://c:9000")]
    [InlineData("https://c/s.m3u8", "https://c/s.m3u8")]
    public void A_source_is_an_address_that_a_media_server_reads_or_none(string? given, string? source) =>
        Assert.Equal(source, CameraRules.RtspSource(given).Value);

    [Theory]
    [InlineData("camera.local/stream", "rtsp_source_invalid")]
    [InlineData("file:///etc/passwd", "rtsp_source_invalid")]
    [InlineData("javascript:alert(1)", "rtsp_source_invalid")]
    [InlineData("rtsp://c/\u0007", "rtsp_source_unprintable")]
    public void Any_other_source_is_refused(string given, string code) => Assert.Equal(code, CameraRules.RtspSource(given).Error!.Code);

    [Theory]
    [InlineData(null, "UTC")]
    [InlineData("", "UTC")]
    [InlineData("UTC", "UTC")]
    [InlineData("Asia/Jakarta", "Asia/Jakarta")]
    public void A_zone_is_one_of_iana_and_utc_by_default(string? given, string zone) =>
        Assert.Equal(zone, CameraRules.TimeZone(given).Value);

    [Theory]
    [InlineData("Mars/Base")]
    [InlineData("SE Asia Standard Time")]
    [InlineData("+07:00")]
    public void Any_other_zone_is_refused(string given) => Assert.Equal("time_zone_unknown", CameraRules.TimeZone(given).Error!.Code);

    [Fact]
    public void Sensitivity_is_a_hundredth_to_a_thousand_false_alarms_a_day()
    {
        Gen.Double[-1, 2000].Sample(value => CameraRules.FalseAlarmsADay(value).IsOk == (value is >= 0.01 and <= 1000));
        Assert.True(CameraRules.FalseAlarmsADay(0.01).IsOk);
        Assert.True(CameraRules.FalseAlarmsADay(1000).IsOk);
        Assert.False(CameraRules.FalseAlarmsADay(0.0099).IsOk);
        Assert.False(CameraRules.FalseAlarmsADay(1000.01).IsOk);
        Assert.False(CameraRules.FalseAlarmsADay(double.NaN).IsOk);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(201, "name_too_long")]
    public void A_name_has_at_most_200_characters(int length, string? code) =>
        Assert.Equal(code, CameraRules.Name(new string('a', length)).Error?.Code);

    [Theory]
    [InlineData(500, null)]
    [InlineData(501, "location_too_long")]
    public void A_place_has_at_most_500_characters(int length, string? code) =>
        Assert.Equal(code, CameraRules.Location(new string('a', length)).Error?.Code);
}
