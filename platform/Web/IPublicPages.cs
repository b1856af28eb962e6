using Microsoft.AspNetCore.Http;

namespace Siaga.Web;

/// <summary>Web pages beside the API. Asked only for paths without an endpoint, before authorization.</summary>
public interface IPublicPages
{
    /// <summary>Serves a page or one of its files.</summary>
    /// <returns>False when the path is neither; then nothing was written.</returns>
    Task<bool> TryServeAsync(HttpContext context);
}
