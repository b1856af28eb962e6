using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Cameras;

/// <summary>Section <c>Backend:Cameras</c>: the media server's addresses. Without an address the URLs are empty.</summary>
public sealed class CamerasOptions
{
    public const string Section = "Backend:Cameras";

    /// <summary>Such as <c>https://media.example:8888</c>; gives <c>{base}/{stream_key}/index.m3u8</c>.</summary>
    [RegularExpression("https?://.+")]
    public string? HlsBase { get; set; }

    /// <summary>Such as <c>rtsp://media.example:8554</c>; gives <c>{base}/{stream_key}</c>.</summary>
    [RegularExpression("rtsps?://.+")]
    public string? RtspBase { get; set; }

    /// <summary>Such as <c>https://media.example:8889</c>; gives <c>{base}/{stream_key}</c>.</summary>
    [RegularExpression("https?://.+")]
    public string? WebrtcBase { get; set; }

    internal LiveUrls UrlsOf(string streamKey) => new(
        Url(HlsBase, streamKey, "/index.m3u8"), Url(RtspBase, streamKey, ""), Url(WebrtcBase, streamKey, ""));

    private static string Url(string? address, string streamKey, string rest) =>
        string.IsNullOrEmpty(address) ? "" : $"{address.TrimEnd('/')}/{streamKey}{rest}";
}

/// <summary>Where a camera's live view is; empty without a media server.</summary>
internal sealed record LiveUrls(string Hls, string Rtsp, string Webrtc);

[OptionsValidator]
internal sealed partial class CamerasOptionsValidator : IValidateOptions<CamerasOptions>;
