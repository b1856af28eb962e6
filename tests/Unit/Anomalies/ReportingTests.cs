using Microsoft.Extensions.Time.Testing;
using Siaga.Anomalies;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Anomalies;

/// <summary>Which reports of third-party workers are refused, and why. None of these reaches the database.</summary>
public sealed class ReportingTests
{
    private static readonly ReportAnomalyRequest s_report = new()
    {
        CameraId = 9, AnomalyType = "fire", Confidence = 0.9, VideoClipUrl = "7/9/a.mp4",
    };

    [Theory]
    [InlineData(0, "anomaly_type_invalid")]
    [InlineData(1, "clip_not_found")]
    [InlineData(100, "clip_not_found")]
    [InlineData(101, "anomaly_type_invalid")]
    public async Task A_type_has_1_to_100_characters(int length, string code) =>
        Assert.Equal(code, await CodeOfAsync(s_report with { AnomalyType = new string('x', length) }));

    [Theory]
    [InlineData(-0.01, "confidence_invalid")]
    [InlineData(0, "clip_not_found")]
    [InlineData(1, "clip_not_found")]
    [InlineData(1.01, "confidence_invalid")]
    [InlineData(double.NaN, "confidence_invalid")]
    public async Task A_confidence_is_from_0_to_1(double confidence, string code) =>
        Assert.Equal(code, await CodeOfAsync(s_report with { Confidence = confidence }));

    [Theory]
    [InlineData(0, "video_clip_url_invalid")]
    [InlineData(2000, "clip_not_found")]
    [InlineData(2001, "video_clip_url_invalid")]
    public async Task A_clip_s_address_has_1_to_2000_characters(int length, string code) =>
        Assert.Equal(code, await CodeOfAsync(s_report with { VideoClipUrl = new string('x', length) }));

    [Theory]
    [InlineData(0, "task_id_invalid")]
    [InlineData(80, "clip_not_found")]
    [InlineData(81, "task_id_invalid")]
    public async Task A_task_has_1_to_80_characters_if_it_is_named(int length, string code) =>
        Assert.Equal(code, await CodeOfAsync(s_report with { TaskId = new string('x', length) }));

    [Fact]
    public async Task A_camera_must_be_there() => Assert.Equal("camera_not_found", await CodeOfAsync(s_report with { CameraId = 8 }));

    [Fact]
    public async Task A_stored_clip_of_another_camera_is_not_found()
    {
        var storage = new FakeStorage();
        storage.Objects["7/8/a.mp4"] = [1];
        Assert.Equal("clip_not_found", await CodeOfAsync(s_report with { VideoClipUrl = "7/8/a.mp4" }, storage));
    }

    [Fact]
    public async Task The_first_mistake_is_told() => Assert.Equal(
        "anomaly_type_invalid", await CodeOfAsync(s_report with { AnomalyType = "", Confidence = 2, CameraId = 8, TaskId = "" }));

    private static async Task<string?> CodeOfAsync(ReportAnomalyRequest report, FakeStorage? storage = null)
    {
        var cameras = new FakeCameras(new CameraRef(9, 7, "Gate", "cam9"));
        var reporting = new ReportAnomaly.Reporting(cameras, storage ?? new FakeStorage(), null!, new FakeTimeProvider());
        return (await reporting.RunAsync(report, CancellationToken.None)).Error?.Code;
    }
}
