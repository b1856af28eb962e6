using Siaga.Ports;
using Siaga.Recordings;

namespace Siaga.Tests.Unit.Recordings;

public sealed class CameraStatusQueryTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_camera_without_a_clip_is_new() => Assert.Equal(CameraState.New, CameraStatusQuery.StateOf(Footage(null, null), s_now));

    // Half a minute of grace in each.
    [Theory]
    [InlineData(60, 150, CameraState.Delivering)]
    [InlineData(60, 150.001, CameraState.Late)]
    [InlineData(60, 630, CameraState.Late)]
    [InlineData(60, 630.001, CameraState.Silent)]
    [InlineData(5, 40, CameraState.Delivering)]
    [InlineData(5, 40.001, CameraState.Late)]
    [InlineData(5, 330, CameraState.Late)]
    [InlineData(5, 330.001, CameraState.Silent)]
    [InlineData(3600, 7230, CameraState.Delivering)]
    public void A_camera_is_late_after_two_of_its_intervals_and_silent_after_ten(double usualS, double agoS, CameraState state) =>
        Assert.Equal(state, CameraStatusQuery.StateOf(Footage(agoS, (long)(usualS * 1000)), s_now));

    [Theory]
    [InlineData(150, CameraState.Delivering)]
    [InlineData(151, CameraState.Late)]
    public void A_camera_with_too_few_clips_is_taken_to_deliver_once_a_minute(double agoS, CameraState state) =>
        Assert.Equal(state, CameraStatusQuery.StateOf(Footage(agoS, null), s_now));

    [Fact]
    public void A_camera_whose_clock_is_ahead_delivers() =>
        Assert.Equal(CameraState.Delivering, CameraStatusQuery.StateOf(Footage(-300, 60_000), s_now));

    private static Footage Footage(double? agoS, long? usualMs) => new()
    {
        CameraId = 9, CompanyId = 7, UsualMs = usualMs, LastReceivedAt = agoS is { } ago ? s_now - TimeSpan.FromSeconds(ago) : null,
    };
}
