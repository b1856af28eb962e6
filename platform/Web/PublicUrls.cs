using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Siaga.Web;

/// <summary>The address under which clients see this server.</summary>
public sealed class PublicUrls(IOptions<WebOptions> options)
{
    /// <summary>Scheme and host without a final slash: <c>Web:PublicUrl</c>, or what the request was sent to.</summary>
    public string BaseOf(HttpContext context) => options.Value.PublicUrl is { Length: > 0 } url
        ? url.TrimEnd('/')
        : $"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}";

    /// <summary>The same over HTTPS: <c>Web:PublicUrl</c> where that is one, or the host that was asked, on the usual port.</summary>
    public string SecureBaseOf(HttpContext context) => options.Value.PublicUrl is { } url && url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        ? url.TrimEnd('/')
        : $"https://{context.Request.Host.Host}";

    /// <summary>Puts a base before a path; an absolute URL stays.</summary>
    public static string Absolute(string publicBase, string pathOrUrl) =>
        pathOrUrl.StartsWith('/') ? publicBase + pathOrUrl : pathOrUrl;
}
