using System.Globalization;
using System.Runtime.CompilerServices;
using Siaga.BlobStorage;
using Siaga.BlobStorage.S3;

namespace Siaga.Bench.Cluster.OwnClient;

/// <summary>
/// The client that Siaga had before AWSSDK.S3, with what Ingestion and the benchmark need. It sends the same requests with little work of
/// its own, and stays here as the measure of what the library costs (docs/decisions/0011-awssdk-s3.md).
/// </summary>
internal sealed class OwnS3Storage(S3Options options) : IBlobStorage, IDisposable
{
    private readonly S3Requests _requests = new(options, TimeProvider.System);

    public async Task MakeBucketAsync()
    {
        using var made = await _requests.SendAsync(new S3Request(HttpMethod.Put, "") { Understood = [] }, CancellationToken.None);
    }

    public Task<IBlobUpload> BeginUploadAsync(string likelyKey, CancellationToken cancellationToken) =>
        Task.FromResult<IBlobUpload>(new S3Upload(_requests, BlobKey.Require(likelyKey), options.PartBytes));

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) => throw NotMeasured();

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken) => throw NotMeasured();

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
            var page = await _requests.AskAsync(new S3Request(HttpMethod.Get, "") { Query = query }, cancellationToken);
            if (page is null)
                yield break;
            foreach (var item in page.Elements().Where(e => e.Name.LocalName == "Contents"))
            {
                yield return new BlobInfo(
                    S3Requests.Text(item, "Key") ?? "",
                    long.Parse(S3Requests.Text(item, "Size") ?? "0", CultureInfo.InvariantCulture),
                    DateTimeOffset.UnixEpoch);
            }

            from = S3Requests.Text(page, "NextContinuationToken");
            if (string.IsNullOrEmpty(from))
                yield break;
        }
    }

    public string CreateReadUrl(string key, TimeSpan lifetime) => throw NotMeasured();

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var written = await _requests.SendAsync(
            new S3Request(HttpMethod.Put, ".siaga/check") { Body = new byte[1], Understood = [] }, cancellationToken);
    }

    public void Dispose() => _requests.Dispose();

    private static NotSupportedException NotMeasured() => new("The benchmark measures uploads.");
}
