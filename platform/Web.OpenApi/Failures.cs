using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Siaga.Web.OpenApi;

/// <summary>Collects the failures of an operation: those that follow from its kind, and those that it declares.</summary>
internal static class Failures
{
    public static IReadOnlyList<(int Status, IReadOnlyList<string> Codes)> Of(OpenApiOperation operation, IList<object> metadata)
    {
        var found = new SortedDictionary<int, SortedSet<string>>();
        void Add(int status, params IEnumerable<string> codes)
        {
            if (!found.TryGetValue(status, out var known))
                found[status] = known = new SortedSet<string>(StringComparer.Ordinal);
            known.UnionWith(codes);
        }

        Add(400, "bad_request", "text_unstorable");
        Add(414, "query_too_long");
        Add(431, "headers_too_large");
        Add(500, "internal");
        Add(503, "storage_full", "database_unavailable");
        if (!metadata.OfType<IAllowAnonymous>().Any() || metadata.OfType<SecurityMetadata>().Any())
            Add(401, "unauthenticated");
        if (!metadata.OfType<IAllowAnonymous>().Any())
            Add(403, "forbidden");
        if (operation.RequestBody is not null)
        {
            Add(400, "malformed_json");
            Add(413, "too_large");
            Add(415, "unsupported_media_type");
        }

        if (operation.Parameters?.Any(p => p.In == ParameterLocation.Path) == true)
            Add(404, "not_found");
        foreach (var failure in metadata.OfType<FailureMetadata>())
            Add(failure.Status, failure.Codes);
        return [.. found.Select(f => (f.Key, (IReadOnlyList<string>)[.. f.Value]))];
    }

    public static string Describe(int status, IReadOnlyList<string> codes) =>
        $"{ReasonPhrases.GetReasonPhrase(status)}: {string.Join(", ", codes.Select(c => $"`{c}`"))}.";

    public static bool TellsWhen(int status) => status is 429 or 503;
}
