using Microsoft.AspNetCore.Http;

namespace Siaga.Web;

/// <summary>Pages for people, beside the API: asked only for paths where no endpoint is, before anybody's right is looked at.</summary>
public interface IPublicPages
{
    /// <summary>Answers a request that is for a page or a file of one.</summary>
    /// <returns>False: it is not, and nothing was answered.</returns>
    Task<bool> TryServeAsync(HttpContext context);
}
