using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Siaga.BlobStorage.S3;

/// <summary>
/// An upload. An object that fits into one part is sent at the commit, in one request and under its final name. Of a longer one each part
/// is sent as soon as it is full, so memory never holds more than one part.
/// </summary>
internal sealed class S3Upload : IBlobUpload
{
    // Metadata by which an object is recognised as this upload's: of a single PUT its bytes' hash, of parts a name given at their start.
    private const string HashName = "sha256";
    private const string UploadName = "upload";

    private const int FirstBuffer = 256 * 1024;

    private readonly AmazonS3Client _client;
    private readonly S3Calls _calls;
    private readonly string _bucket;
    private readonly string _likelyKey;
    private readonly int _partBytes;
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly List<PartETag> _parts = [];
    private readonly S3UploadStream _content;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _filled;
    private string? _uploadId;
    private bool _mayBeThere;

    public S3Upload(AmazonS3Client client, S3Calls calls, string bucket, string likelyKey, int partBytes)
    {
        (_client, _calls, _bucket, _likelyKey, _partBytes) = (client, calls, bucket, likelyKey, partBytes);
        _content = new S3UploadStream(WriteAsync);
    }

    public Stream Content => _content;

    public async Task CommitAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        if (_uploadId is null)
        {
            await PutWholeAsync(key, cancellationToken);
            return;
        }

        if (_filled > 0)
            await SendPartAsync(_uploadId, cancellationToken);
        await CompleteAsync(_uploadId, cancellationToken);
        if (key != _likelyKey)
            await MoveAsync(key, cancellationToken);
        (_uploadId, _mayBeThere) = (null, false);
    }

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        if (_uploadId is null)
            return;
        try
        {
            await _calls.FindAsync(
                t => _client.AbortMultipartUploadAsync(
                    new AbortMultipartUploadRequest { BucketName = _bucket, Key = _likelyKey, UploadId = _uploadId }, t),
                CancellationToken.None);
            if (_mayBeThere && await HeadAsync(_likelyKey, CancellationToken.None) is { } found && IsOurs(found))
                await DeleteAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            // Unfinished parts are invisible, and PrepareAsync aborts them later; siaga check finds an object without a row.
        }
    }

    private static string TypeOf(string key) => Path.GetExtension(key) switch
    {
        ".mp4" => "video/mp4",
        ".webm" => "video/webm",
        ".jpg" => "image/jpeg",
        ".webp" => "image/webp",
        _ => "application/octet-stream",
    };

    private static IOException Taken() => new("There is another object under this key already.");

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            // Send a part only when more bytes follow: the commit sends the last one, and a clip of one part needs no multipart upload.
            if (_filled == _partBytes)
                await SendPartAsync(_uploadId ??= await BeginAsync(cancellationToken), cancellationToken);
            var room = Math.Min(bytes.Length, _partBytes - _filled);
            Grow(_filled + room);
            bytes[..room].CopyTo(_buffer.AsMemory(_filled));
            _filled += room;
            bytes = bytes[room..];
        }
    }

    private void Grow(int wanted)
    {
        if (wanted <= _buffer.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_partBytes, Math.Max(wanted, _buffer.Length * 2)));
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    /// <summary>What is in the buffer, from its start: each try of a request reads it anew.</summary>
    private MemoryStream Body() => new(_buffer, 0, _filled, writable: false);

    private async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = _bucket, Key = _likelyKey, ContentType = TypeOf(_likelyKey) };
        request.Metadata[UploadName] = _name;
        var begun = await _calls.SendAsync(t => _client.InitiateMultipartUploadAsync(request, t), cancellationToken);
        return begun.UploadId is { Length: > 0 } id
            ? id
            : throw new StorageUnavailableException("The object storage began no upload.", new IOException("No UploadId."));
    }

    private async Task SendPartAsync(string uploadId, CancellationToken cancellationToken)
    {
        var number = _parts.Count + 1;
        var sent = await _calls.SendAsync(
            t => _client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = _bucket,
                    Key = _likelyKey,
                    UploadId = uploadId,
                    PartNumber = number,
                    PartSize = _filled,
                    InputStream = Body(),
                    UseChunkEncoding = false,
                    DisablePayloadSigning = false,
                },
                t),
            cancellationToken);
        if (string.IsNullOrEmpty(sent.ETag))
            throw new StorageUnavailableException("The object storage did not name a part.", new IOException("No ETag."));

        // The signature has the part's SHA-256, by which the server has checked it. No other sum is needed: MD5 alone would cost more than
        // all else that is done with the bytes.
        _parts.Add(new PartETag(number, sent.ETag));
        _filled = 0;
    }

    private async Task PutWholeAsync(string key, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(_buffer.AsSpan(0, _filled)));
        var put = await _calls.SendAsync(
            t =>
            {
                var request = new PutObjectRequest
                {
                    BucketName = _bucket,
                    Key = key,
                    ContentType = TypeOf(key),
                    InputStream = Body(),
                    IfNoneMatch = "*",
                    UseChunkEncoding = false,
                    DisablePayloadSigning = false,
                };
                request.Metadata[HashName] = hash;
                return _client.PutObjectAsync(request, t);
            },
            [HttpStatusCode.PreconditionFailed],
            cancellationToken);
        if (put is not null)
            return;

        // An object exists already. It is ours if a first answer was lost and the request was retried.
        if (await HeadAsync(key, cancellationToken) is not { } found || found.Metadata[HashName] != hash)
            throw Taken();
    }

    private async Task CompleteAsync(string uploadId, CancellationToken cancellationToken)
    {
        _mayBeThere = true;
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = _bucket, Key = _likelyKey, UploadId = uploadId, PartETags = _parts, IfNoneMatch = "*",
        };

        // Refused as not found or as existing may mean that an earlier try completed the upload and its answer was lost. The object tells.
        await _calls.SendAsync(
            t => _client.CompleteMultipartUploadAsync(request, t),
            [HttpStatusCode.NotFound, HttpStatusCode.PreconditionFailed],
            cancellationToken);
        var found = await HeadAsync(_likelyKey, cancellationToken);
        if (found is not null && !IsOurs(found))
            throw Taken();
        if (found is null || found.ContentLength != _content.Length)
            throw new StorageUnavailableException("The object storage did not keep the upload whole.", new IOException("Another size."));
    }

    private bool IsOurs(GetObjectMetadataResponse found) => found.Metadata[UploadName] == _name;

    /// <summary>
    /// Copies the object to its final key, for a clip whose key was only known after parts had been sent under another one.
    /// </summary>
    private async Task MoveAsync(string key, CancellationToken cancellationToken)
    {
        if (await HeadAsync(key, cancellationToken) is not null)
            throw Taken();
        var copied = await _calls.SendAsync(
            t => _client.CopyObjectAsync(
                new CopyObjectRequest { SourceBucket = _bucket, SourceKey = _likelyKey, DestinationBucket = _bucket, DestinationKey = key },
                t),
            cancellationToken);
        if (string.IsNullOrEmpty(copied.ETag))
            throw new StorageUnavailableException(
                "The object storage did not copy the upload under its name.", new IOException("Not copied."));
        await DeleteAsync(CancellationToken.None);
    }

    private Task<GetObjectMetadataResponse?> HeadAsync(string key, CancellationToken cancellationToken) => _calls.FindAsync(
        t => _client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _bucket, Key = key }, t), cancellationToken);

    private Task DeleteAsync(CancellationToken cancellationToken) => _calls.FindAsync(
        t => _client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _bucket, Key = _likelyKey }, t), cancellationToken);
}
