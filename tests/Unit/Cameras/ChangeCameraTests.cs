using Siaga.Cameras;
using Siaga.Messages.Api;

namespace Siaga.Tests.Unit.Cameras;

public sealed class ChangeCameraTests
{
    [Fact]
    public void A_field_left_out_keeps_its_value()
    {
        var camera = Gate();
        Assert.Null(ChangeCamera.Apply(new ChangeCameraRequest(), camera));
        Assert.Equal(
            ("Gate", "North", "gate", "rtsp://c/s", "Asia/Jakarta", 3.0),
            (camera.Name, camera.Location, camera.StreamKey, camera.RtspSource, camera.TimeZone, camera.FalseAlarmsADay));
    }

    [Fact]
    public void A_field_that_is_given_is_changed_and_an_empty_one_is_cleared_where_it_may_be()
    {
        var camera = Gate();
        var request = new ChangeCameraRequest
        {
            Name = " Main gate ", Location = "", StreamKey = "", RtspSource = "", TimeZone = "UTC", FalseAlarmsADay = 0.5,
        };
        Assert.Null(ChangeCamera.Apply(request, camera));
        Assert.Equal(("Main gate", "gate", "UTC", 0.5), (camera.Name, camera.StreamKey, camera.TimeZone, camera.FalseAlarmsADay));
        Assert.Null(camera.Location);
        Assert.Null(camera.RtspSource);
    }

    [Theory]
    [InlineData("name_empty")]
    [InlineData("stream_key_invalid")]
    [InlineData("time_zone_unknown")]
    [InlineData("rtsp_source_invalid")]
    [InlineData("false_alarms_a_day_invalid")]
    [InlineData("location_too_long")]
    public void One_wrong_field_changes_none(string code)
    {
        var camera = Gate();
        var request = new ChangeCameraRequest { Name = "Main gate", Location = "South" };
        request = code switch
        {
            "name_empty" => request with { Name = " " },
            "stream_key_invalid" => request with { StreamKey = "9" },
            "time_zone_unknown" => request with { TimeZone = "Mars/Base" },
            "rtsp_source_invalid" => request with { RtspSource = "c" },
            "false_alarms_a_day_invalid" => request with { FalseAlarmsADay = 0 },
            _ => request with { Location = new string('a', 501) },
        };
        Assert.Equal(code, ChangeCamera.Apply(request, camera)!.Code);
        Assert.Equal(("Gate", "North"), (camera.Name, camera.Location));
    }

    private static Camera Gate() => new()
    {
        CompanyId = 7, Name = "Gate", Location = "North", StreamKey = "gate", RtspSource = "rtsp://c/s", TimeZone = "Asia/Jakarta",
        FalseAlarmsADay = 3, CreatedAt = default,
    };
}
