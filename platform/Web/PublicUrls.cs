using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Siaga.Web;

/// <summary>The base address at which clients reach this server.</summary>
public sealed class PublicUrls(IOptions<WebOptions> options)
{
    /// <summary>Scheme and host without a trailing slash: <c>Web:PublicUrl</c>, or the request's own.</summary>
    public string BaseOf(HttpContext context) => options.Value.PublicUrl is { Length: > 0 } url
        ? url.TrimEnd('/')
        : $"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}";

    /// <summary>The same with HTTPS: <c>Web:PublicUrl</c> if it is an https URL, or the request's host on the default port.</summary>
    public string SecureBaseOf(HttpContext context) => options.Value.PublicUrl is { } url
        && url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        ? url.TrimEnd('/')
        : $"https://{context.Request.Host.Host}";

    /// <summary>Prepends the base to a path; leaves an absolute URL unchanged.</summary>
    public static string Absolute(string publicBase, string pathOrUrl) =>
        pathOrUrl.StartsWith('/') ? publicBase + pathOrUrl : pathOrUrl;
}
