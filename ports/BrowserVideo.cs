namespace Siaga.Ports;

/// <summary>A clip's format, in FFmpeg's names.</summary>
/// <param name="Codec">Such as <c>h264</c> or <c>hevc</c>.</param>
/// <param name="PixelFormat">Such as <c>yuv420p</c>; null when unknown.</param>
/// <param name="Container">Such as <c>mov,mp4,m4a,3gp,3g2,mj2</c>; null when unknown.</param>
public sealed record ClipFormat(string Codec, string? PixelFormat = null, string? Container = null);

/// <summary>
/// The video formats that Chromium, Firefox and Safari all play without extra licences or hardware.
/// Formats that only some of them play are excluded.
/// </summary>
public static class BrowserVideo
{
    public static bool Plays(ClipFormat form) =>
        form.Codec == "h264" && form.PixelFormat is null or "yuv420p" or "yuvj420p" && IsMp4(form.Container);

    /// <summary>Null when the format is unknown.</summary>
    public static string? ContentType(ClipFormat form) => form.Container switch
    {
        null => null,
        _ when IsMp4(form.Container) => "video/mp4",
        "matroska,webm" => form.Codec is "vp8" or "vp9" or "av1" ? "video/webm" : "video/x-matroska",
        "avi" => "video/x-msvideo",
        "mpegts" => "video/mp2t",
        "flv" => "video/x-flv",
        _ => null,
    };

    private static bool IsMp4(string? container) => container is null || container.Split(',').Contains("mp4");
}
