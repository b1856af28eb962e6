using Siaga.Ports;

namespace Siaga.Tests.Unit.Ports;

public sealed class BrowserVideoTests
{
    [Theory]
    [InlineData("h264", "yuv420p", "mov,mp4,m4a,3gp,3g2,mj2", true)]
    [InlineData("h264", "yuvj420p", "mov,mp4,m4a,3gp,3g2,mj2", true)]
    [InlineData("h264", null, null, true)]
    [InlineData("h264", "yuv422p", "mov,mp4,m4a,3gp,3g2,mj2", false)]
    [InlineData("h264", "yuv420p", "matroska,webm", false)]
    [InlineData("hevc", "yuv420p", "mov,mp4,m4a,3gp,3g2,mj2", false)]
    [InlineData("vp9", null, null, false)]
    public void Only_what_every_browser_plays_is_played(string codec, string? pixels, string? container, bool plays) =>
        Assert.Equal(plays, BrowserVideo.Plays(new ClipFormat(codec, pixels, container)));

    [Theory]
    [InlineData("h264", null, null)]
    [InlineData("hevc", "mov,mp4,m4a,3gp,3g2,mj2", "video/mp4")]
    [InlineData("vp8", "matroska,webm", "video/webm")]
    [InlineData("vp9", "matroska,webm", "video/webm")]
    [InlineData("av1", "matroska,webm", "video/webm")]
    [InlineData("h264", "matroska,webm", "video/x-matroska")]
    [InlineData("mjpeg", "avi", "video/x-msvideo")]
    [InlineData("h264", "mpegts", "video/mp2t")]
    [InlineData("h264", "flv", "video/x-flv")]
    [InlineData("h264", "gif", null)]
    public void A_container_has_its_media_type(string codec, string? container, string? type) =>
        Assert.Equal(type, BrowserVideo.ContentType(new ClipFormat(codec, null, container)));
}
