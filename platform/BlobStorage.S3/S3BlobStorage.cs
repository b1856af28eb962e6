using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;

namespace Siaga.BlobStorage.S3;

/// <summary>Stores objects in a bucket of any S3-compatible server.</summary>
/// <remarks>
/// We build the requests ourselves. The available client libraries either keep a part of half a gigabyte in memory when the length of a
/// clip is not known in advance, or cannot sign URLs for an address other than the one they connect to.
/// </remarks>
public sealed class S3BlobStorage : IBlobStorage, IDisposable
{
    // Siaga's own objects, not clips; never listed.
    private const string OwnPrefix = ".siaga/";

    // Longer than any upload may take, so uploads of other running processes are safe.
    private static readonly TimeSpan s_abandoned = TimeSpan.FromHours(6);

    private readonly S3Options _options;
    private readonly TimeProvider _time;
    private readonly S3Requests _requests;

    public S3BlobStorage(S3Options options, TimeProvider time)
    {
        if (options.Endpoint.AbsolutePath != "/" || options.PublicEndpoint is { AbsolutePath: not "/" })
            throw new ArgumentException("The address of an S3 server has no path.", nameof(options));
        if (options.PartBytes < S3Options.SmallestPart)
            throw new ArgumentException("A part has at least 5 MiB.", nameof(options));
        (_options, _time, _requests) = (options, time, new S3Requests(options, time));
    }

    /// <summary>Checks that the bucket exists, creates it if asked to, and aborts uploads that killed processes left unfinished.</summary>
    /// <exception cref="StorageUnavailableException">The bucket does not exist, or the server does not answer.</exception>
    public async Task PrepareAsync(bool makeBucket, CancellationToken cancellationToken)
    {
        using (var found = await _requests.SendAsync(new S3Request(HttpMethod.Head, ""), cancellationToken))
        {
            if (found.StatusCode == HttpStatusCode.NotFound && !makeBucket)
                throw NoBucket();
            if (found.StatusCode == HttpStatusCode.NotFound)
            {
                // Another process may create it at the same moment: that conflict is fine.
                using var made = await _requests.SendAsync(
                    new S3Request(HttpMethod.Put, "") { Understood = [HttpStatusCode.Conflict] }, cancellationToken);
            }
        }

        await AbortAbandonedAsync(cancellationToken);
    }

    public Task<IBlobUpload> BeginUploadAsync(string likelyKey, CancellationToken cancellationToken) =>
        Task.FromResult<IBlobUpload>(new S3Upload(_requests, BlobKey.Require(likelyKey), _options.PartBytes));

    public async Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        var response = await _requests.SendAsync(new S3Request(HttpMethod.Get, BlobKey.Require(key)), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            response.Dispose();
            return null;
        }

        return new S3ReadStream(response, await response.Content.ReadAsStreamAsync(cancellationToken), _options.Timeout);
    }

    public async Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken)
    {
        using var response = await _requests.SendAsync(new S3Request(HttpMethod.Head, BlobKey.Require(key)), cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : new BlobInfo(key, response.Content.Headers.ContentLength ?? 0, response.Content.Headers.LastModified ?? _time.GetUtcNow());
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        using var response = await _requests.SendAsync(new S3Request(HttpMethod.Delete, BlobKey.Require(key)), cancellationToken);
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? from = null; ;)
        {
            var query = $"list-type=2&prefix={Uri.EscapeDataString(prefix)}"
                + (from is null ? "" : $"&continuation-token={Uri.EscapeDataString(from)}");
            var page = await _requests.AskAsync(new S3Request(HttpMethod.Get, "") { Query = query }, cancellationToken)
                ?? throw NoBucket();
            foreach (var item in page.Elements().Where(e => e.Name.LocalName == "Contents"))
            {
                var key = S3Requests.Text(item, "Key") ?? "";
                if (!key.StartsWith(OwnPrefix, StringComparison.Ordinal))
                    yield return new BlobInfo(key, Number(S3Requests.Text(item, "Size")), Time(S3Requests.Text(item, "LastModified")));
            }

            from = S3Requests.Text(page, "NextContinuationToken");
            if (string.IsNullOrEmpty(from) || S3Requests.Text(page, "IsTruncated") != "true")
                yield break;
        }
    }

    public string CreateReadUrl(string key, TimeSpan lifetime) => _requests.Presign(BlobKey.Require(key), lifetime);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var written = await _requests.SendAsync(
            new S3Request(HttpMethod.Put, OwnPrefix + "check") { Body = new byte[1], Understood = [] }, cancellationToken);
    }

    public void Dispose() => _requests.Dispose();

    private StorageUnavailableException NoBucket() =>
        new($"There is no bucket '{_options.Bucket}' in the object storage.", new IOException("404")) { IsTransient = false };

    private static long Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : DateTimeOffset.UnixEpoch;

    private async Task AbortAbandonedAsync(CancellationToken cancellationToken)
    {
        var before = _time.GetUtcNow() - s_abandoned;
        var found = await _requests.AskAsync(new S3Request(HttpMethod.Get, "") { Query = "uploads=" }, cancellationToken);
        foreach (var upload in found?.Elements().Where(e => e.Name.LocalName == "Upload") ?? [])
        {
            if (S3Requests.Text(upload, "Key") is { Length: > 0 } key && S3Requests.Text(upload, "UploadId") is { Length: > 0 } id
                && BlobKey.IsValid(key)
                && Time(S3Requests.Text(upload, "Initiated")) is var begun
                && begun < before
                && begun > DateTimeOffset.UnixEpoch)
            {
                using var aborted = await _requests.SendAsync(
                    new S3Request(HttpMethod.Delete, key) { Query = $"uploadId={Uri.EscapeDataString(id)}" }, cancellationToken);
            }
        }
    }
}
