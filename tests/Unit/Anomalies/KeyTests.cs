using Siaga.Anomalies;
using Siaga.Ports;

namespace Siaga.Tests.Unit.Anomalies;

/// <summary>PictureKeys, and the storage key in what a worker of a company reports.</summary>
public sealed class KeyTests
{
    private static readonly CameraRef s_camera = new(9, 7, "Gate", "cam9");

    [Theory]
    [InlineData("7/9/a_1.mp4", "7/9/a_1.jpg")]
    [InlineData("7/9.x/a", "7/9.x/a.jpg")]
    [InlineData("a.b.mp4", "a.b.jpg")]
    [InlineData("a", "a.jpg")]
    public void A_picture_lies_beside_its_clip(string clip, string picture) => Assert.Equal(picture, PictureKeys.Beside(clip));

    [Theory]
    [InlineData("7/9/a.jpg", "7/9/a.mp4")]
    [InlineData("7/9/a.mp4", null)]
    [InlineData("7/9/a.JPG", null)]
    public void A_picture_names_its_clip(string picture, string? clip) => Assert.Equal(clip, PictureKeys.ClipOf(picture));

    [Theory]
    [InlineData("7/9/a.mp4", "7/9/a.mp4")]
    [InlineData("/7/9/a.mp4", "7/9/a.mp4")]
    [InlineData("https://siaga.example/blobs/7/9/a.mp4?expires=1&signature=x", "7/9/a.mp4")]
    [InlineData("s3://clips/7/9/a.mp4", "7/9/a.mp4")]
    [InlineData("http://h/bucket/x/7/9/2026/a.mp4", "7/9/2026/a.mp4")]
    [InlineData("7/8/a.mp4", null)]
    [InlineData("17/9/a.mp4", null)]
    [InlineData("https://siaga.example/8/9/a.mp4", null)]
    [InlineData("7/9/../8/a.mp4", null)]
    [InlineData("7/9/", null)]
    [InlineData("", null)]
    public void Only_a_key_under_that_camera_is_found(string given, string? key) => Assert.Equal(key, ReportAnomaly.KeyIn(given, s_camera));

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void A_key_has_at_most_500_characters(int length, bool isFound) =>
        Assert.Equal(isFound, ReportAnomaly.KeyIn("7/9/" + new string('a', length - 4), s_camera) is not null);
}
