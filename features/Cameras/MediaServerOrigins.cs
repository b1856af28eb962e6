using Microsoft.Extensions.Options;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>The media server's origin, for the dashboard's HLS player. WebRTC and RTSP are links that open elsewhere.</summary>
internal sealed class MediaServerOrigins(IOptions<CamerasOptions> options) : ILiveOrigins
{
    public IReadOnlyList<string> Origins { get; } =
        Uri.TryCreate(options.Value.HlsBase, UriKind.Absolute, out var address) ? [address.GetLeftPart(UriPartial.Authority)] : [];
}
