using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Siaga.BlobStorage.Files;

public static class SignedFileEndpoint
{
    /// <summary>Serves <c>/blobs/KEY?expires&amp;signature</c>, with range requests so that a player can seek.</summary>
    public static void MapSignedFiles(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(UrlSigner.PathPrefix + "{**key}", ["GET", "HEAD"], Serve).AllowAnonymous().ExcludeFromDescription();

    private static IResult Serve(
        HttpContext context, FileBlobStorage storage, string key, [FromQuery] long expires = 0, [FromQuery] string signature = "")
    {
        // A wrong signature, an expired link and a missing object get the same answer, so that probing reveals nothing.
        if (!BlobKey.IsValid(key) || !storage.Signer.IsValid(key, expires, signature) || !File.Exists(storage.PathOf(key)))
            return Results.Problem("The link is invalid or has expired; ask for a new one.", statusCode: 404, title: "Not found");
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(storage.PathOf(key), TypeOf(key), enableRangeProcessing: true);
    }

    private static string TypeOf(string key) => Path.GetExtension(key) switch
    {
        ".mp4" => "video/mp4",
        ".webm" => "video/webm",
        ".jpg" => "image/jpeg",
        ".webp" => "image/webp",
        _ => "application/octet-stream",
    };
}
