using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Siaga.BlobStorage;
using Siaga.Web;

namespace Siaga.Dashboard;

/// <summary>Serves the dashboard's files under their names, and its page under every other path that a browser opens.</summary>
internal sealed class DashboardPages(DashboardFiles files, IBlobStorage storage, IEnumerable<ILiveOrigins> live) : IPublicPages
{
    private const string NotBuilt =
        "Siaga's API runs here. Its dashboard was not installed with it: there is no folder 'dashboard' beside the executable.\n";

    // Paths of the services: an unknown path among them is a client's mistake, not a page.
    private static readonly PathString[] s_services = ["/api", "/blobs", "/healthz", "/ingest", "/metrics", "/openapi", "/scalar"];

    private readonly string _policy = PolicyOf(files, storage, live);

    public async Task<bool> TryServeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return false;
        if (files.Index is null)
            return request.Path == "/" && await SayNotBuiltAsync(context);
        var name = request.Path.Value!.TrimStart('/');
        var file = files.Find(name);
        if (file is null && !IsPage(request))
            return false;
        await SendAsync(context, file ?? files.Index);
        return true;
    }

    internal static bool IsPage(HttpRequest request) =>
        !s_services.Any(s => request.Path.StartsWithSegments(s, StringComparison.OrdinalIgnoreCase))
        && (request.Path == "/" || request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));

    private static async Task<bool> SayNotBuiltAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(NotBuilt, context.RequestAborted);
        return true;
    }

    /// <summary>
    /// The Content-Security-Policy: the pages load their own files, clips and pictures from where the storage's links lead, and live views.
    /// </summary>
    private static string PolicyOf(DashboardFiles files, IBlobStorage storage, IEnumerable<ILiveOrigins> live)
    {
        var link = storage.CreateReadUrl("policy", TimeSpan.FromMinutes(1));
        var clips = link.StartsWith('/') ? "" : $" {new Uri(link).GetLeftPart(UriPartial.Authority)}";
        var films = clips + string.Concat(live.SelectMany(l => l.Origins).Distinct(StringComparer.OrdinalIgnoreCase).Select(o => $" {o}"));
        var scripts = string.Concat(files.ScriptHashes.Select(h => $" {h}"));

        // Components set style attributes and the theme is a style element, so inline styles are allowed. Inline scripts need their hash.
        return $"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self' 'unsafe-inline'; font-src 'self'; "
            + $"connect-src 'self'{films}; img-src 'self' data: blob:{clips}; media-src 'self' blob:{films}; manifest-src 'self'; "
            + "worker-src 'self' blob:; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
    }

    private async Task SendAsync(HttpContext context, DashboardFile file)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = file.IsImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        headers.ETag = file.Tag;
        headers.Vary = "Accept-Encoding";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (file == files.Index)
        {
            headers.ContentSecurityPolicy = _policy;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        }

        if (context.Request.Headers.IfNoneMatch.Contains(file.Tag, StringComparer.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (path, encoding) = FormFor(context.Request, file);
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = new FileInfo(path).Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.SendFileAsync(path, context.RequestAborted);
    }

    internal static (string Path, string? Encoding) FormFor(HttpRequest request, DashboardFile file)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted))
            return (file.Path, null);
        bool Takes(string name) => accepted.Any(a => a.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);
        if (file.Brotli is { } brotli && Takes("br"))
            return (brotli, "br");
        return file.Gzip is { } gzip && Takes("gzip") ? (gzip, "gzip") : (file.Path, null);
    }
}
