using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Siaga.BlobStorage.S3;

namespace Siaga.Bench.Cluster.OwnClient;

/// <summary>AWS Signature Version 4 in the headers of a request.</summary>
internal sealed class S3Signer(S3Options options)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>
    /// Signs a request whose headers are all set. The server compares the body's hash, so a body damaged on the way is refused.
    /// </summary>
    public void Sign(HttpRequestMessage request, string bodySha256, DateTimeOffset now)
    {
        var stamp = Stamp(now);
        request.Headers.TryAddWithoutValidation("x-amz-date", stamp);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", bodySha256);
        var uri = request.RequestUri!;
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = HostOf(uri) };
        foreach (var (name, values) in request.Headers)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
                signed[name.ToLowerInvariant()] = string.Join(',', values);
        }

        var names = string.Join(';', signed.Keys);
        var canonical = string.Join(
            '\n', request.Method.Method, uri.AbsolutePath, CanonicalQuery(uri),
            string.Concat(signed.Select(h => $"{h.Key}:{h.Value}\n")), names, bodySha256);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            Algorithm,
            $"Credential={options.AccessKey}/{ScopeOf(stamp)}, SignedHeaders={names}, Signature={SignatureOf(canonical, stamp)}");
    }

    private static string Stamp(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string HostOf(Uri uri) => uri.IsDefaultPort ? uri.Host : uri.Authority;

    private static string CanonicalQuery(Uri uri) => string.Join('&', uri.Query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Parameter)
        .Select(p => (Key: Uri.EscapeDataString(p.Key), Value: Uri.EscapeDataString(p.Value)))
        .OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
        .Select(p => $"{p.Key}={p.Value}"));

    private static (string Key, string Value) Parameter(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? (Uri.UnescapeDataString(pair), "")
            : (Uri.UnescapeDataString(pair[..equals]), Uri.UnescapeDataString(pair[(equals + 1)..]));
    }

    private string ScopeOf(string stamp) => $"{stamp[..8]}/{options.Region}/s3/aws4_request";

    private string SignatureOf(string canonical, string stamp)
    {
        var text =
            $"{Algorithm}\n{stamp}\n{ScopeOf(stamp)}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + options.SecretKey);
        foreach (var part in (string[])[stamp[..8], options.Region, "s3", "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }
}
