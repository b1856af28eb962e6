using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Siaga.BlobStorage.S3;

/// <summary>Stores objects in a bucket of any S3-compatible server, by AWSSDK.S3.</summary>
/// <remarks>
/// The library makes requests, signatures and links. Repeating, time limits and the translation of failures are ours
/// (docs/decisions/0011-awssdk-s3.md).
/// </remarks>
public sealed class S3BlobStorage : IBlobStorage, IDisposable
{
    // Siaga's own objects, not clips; never listed.
    private const string OwnPrefix = ".siaga/";

    // Longer than any upload may take, so uploads of other running processes are safe.
    private static readonly TimeSpan s_abandoned = TimeSpan.FromHours(6);

    private readonly S3Options _options;
    private readonly TimeProvider _time;
    private readonly S3Calls _calls;
    private readonly AmazonS3Client _client;

    // Signs links and sends nothing: the address in them is one for browsers.
    private readonly AmazonS3Client _links;

    public S3BlobStorage(S3Options options, TimeProvider time)
    {
        if (options.Endpoint.AbsolutePath != "/" || options.PublicEndpoint is { AbsolutePath: not "/" })
            throw new ArgumentException("The address of an S3 server has no path.", nameof(options));
        if (options.PartBytes < S3Options.SmallestPart)
            throw new ArgumentException("A part has at least 5 MiB.", nameof(options));
        (_options, _time, _calls) = (options, time, new S3Calls(options.Timeout, options.Tries));
        _client = S3ClientFactory.Create(options, options.Endpoint);
        _links = S3ClientFactory.Create(options, PublicEndpoint);
    }

    private Uri PublicEndpoint => _options.PublicEndpoint ?? _options.Endpoint;

    /// <summary>Checks that the bucket exists, creates it if asked to, and aborts uploads that killed processes left unfinished.</summary>
    /// <exception cref="StorageUnavailableException">The bucket does not exist, or the server does not answer.</exception>
    public async Task PrepareAsync(bool makeBucket, CancellationToken cancellationToken)
    {
        var bucket = _options.Bucket;
        var found = await _calls.FindAsync(
            t => _client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, t), cancellationToken);
        if (found is null)
        {
            if (!makeBucket)
                throw NoBucket();

            // Another process may create it at the same moment: that conflict is fine.
            await _calls.SendAsync(
                t => _client.PutBucketAsync(new PutBucketRequest { BucketName = bucket, UseClientRegion = false }, t),
                [HttpStatusCode.Conflict],
                cancellationToken);
        }

        await AbortAbandonedAsync(cancellationToken);
    }

    public Task<IBlobUpload> BeginUploadAsync(string likelyKey, CancellationToken cancellationToken) =>
        Task.FromResult<IBlobUpload>(new S3Upload(_client, _calls, _options.Bucket, BlobKey.Require(likelyKey), _options.PartBytes));

    public async Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        var found = await _calls.FindAsync(
            t => _client.GetObjectAsync(new GetObjectRequest { BucketName = _options.Bucket, Key = key }, t), cancellationToken);
        return found is null ? null : new S3ReadStream(found, _options.Timeout);
    }

    public async Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        var found = await _calls.FindAsync(
            t => _client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _options.Bucket, Key = key }, t),
            cancellationToken);
        return found is null ? null : new BlobInfo(key, found.ContentLength, Time(found.LastModified) ?? _time.GetUtcNow());
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        return _calls.FindAsync(
            t => _client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _options.Bucket, Key = key }, t), cancellationToken);
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? from = null; ;)
        {
            var after = from;
            var page = await _calls.FindAsync(
                t => _client.ListObjectsV2Async(
                    new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = prefix, ContinuationToken = after }, t),
                cancellationToken) ?? throw NoBucket();
            foreach (var item in page.S3Objects ?? [])
            {
                if (!item.Key.StartsWith(OwnPrefix, StringComparison.Ordinal))
                    yield return new BlobInfo(item.Key, item.Size ?? 0, Time(item.LastModified) ?? DateTimeOffset.UnixEpoch);
            }

            from = page.NextContinuationToken;
            if (string.IsNullOrEmpty(from) || page.IsTruncated != true)
                yield break;
        }
    }

    public string CreateReadUrl(string key, TimeSpan lifetime) => _links.GetPreSignedURL(new GetPreSignedUrlRequest
    {
        BucketName = _options.Bucket,
        Key = BlobKey.Require(key),
        Verb = HttpVerb.GET,
        Protocol = PublicEndpoint.Scheme == Uri.UriSchemeHttps ? Protocol.HTTPS : Protocol.HTTP,
        Expires = (_time.GetUtcNow() + lifetime).UtcDateTime,
    });

    public Task CheckAsync(CancellationToken cancellationToken) => _calls.SendAsync(
        t => _client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _options.Bucket,
                Key = OwnPrefix + "check",
                InputStream = new MemoryStream(new byte[1]),
                UseChunkEncoding = false,
                DisablePayloadSigning = false,
            },
            t),
        cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _links.Dispose();
    }

    private static DateTimeOffset? Time(DateTime? time) =>
        time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : null;

    private StorageUnavailableException NoBucket() =>
        new($"There is no bucket '{_options.Bucket}' in the object storage.", new IOException("404")) { IsTransient = false };

    private async Task AbortAbandonedAsync(CancellationToken cancellationToken)
    {
        var before = _time.GetUtcNow() - s_abandoned;
        var found = await _calls.FindAsync(
            t => _client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = _options.Bucket }, t), cancellationToken);
        foreach (var upload in found?.MultipartUploads ?? [])
        {
            if (BlobKey.IsValid(upload.Key) && !string.IsNullOrEmpty(upload.UploadId)
                && Time(upload.Initiated) is { } begun && begun < before && begun > DateTimeOffset.UnixEpoch)
            {
                await _calls.FindAsync(
                    t => _client.AbortMultipartUploadAsync(
                        new AbortMultipartUploadRequest { BucketName = _options.Bucket, Key = upload.Key, UploadId = upload.UploadId }, t),
                    cancellationToken);
            }
        }
    }
}
