using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Siaga.BlobStorage;

namespace Siaga.Bench.Cluster.OwnClient;

/// <summary>
/// An upload. An object that fits into one part is sent at the commit, in one request and under its final name. Of a longer one each part
/// is sent as soon as it is full, so memory never holds more than one part.
/// </summary>
internal sealed class S3Upload : IBlobUpload
{
    private const string HashHeader = "x-amz-meta-sha256";

    private const int FirstBuffer = 256 * 1024;

    private readonly S3Requests _requests;
    private readonly string _likelyKey;
    private readonly int _partBytes;
    private readonly List<(string ETag, byte[] Md5)> _parts = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _filled;
    private long _size;
    private string? _uploadId;
    private bool _mayBeThere;

    public S3Upload(S3Requests requests, string likelyKey, int partBytes)
    {
        (_requests, _likelyKey, _partBytes) = (requests, likelyKey, partBytes);
        Content = new PartStream(this);
    }

    public Stream Content { get; }

    public async Task CommitAsync(string key, CancellationToken cancellationToken)
    {
        BlobKey.Require(key);
        if (_uploadId is null)
        {
            await PutWholeAsync(key, cancellationToken);
            return;
        }

        if (_filled > 0)
            await SendPartAsync(cancellationToken);
        await CompleteAsync(cancellationToken);
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
            using var aborted = await _requests.SendAsync(
                new S3Request(HttpMethod.Delete, _likelyKey) { Query = UploadQuery }, CancellationToken.None);
            if (!_mayBeThere)
                return;
            using var deleted = await _requests.SendAsync(new S3Request(HttpMethod.Delete, _likelyKey), CancellationToken.None);
        }
        catch (IOException)
        {
            // Unfinished parts are invisible, and PrepareAsync aborts them later; siaga check finds an object without a row.
        }
    }

    private string UploadQuery => $"uploadId={Uri.EscapeDataString(_uploadId!)}";

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
        _size += bytes.Length;
        while (bytes.Length > 0)
        {
            // Send a part only when more bytes follow: the commit sends the last one, and a clip of one part needs no multipart upload.
            if (_filled == _partBytes)
                await SendPartAsync(cancellationToken);
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

    private async Task SendPartAsync(CancellationToken cancellationToken)
    {
        _uploadId ??= await BeginAsync(cancellationToken);
        var number = (_parts.Count + 1).ToString(CultureInfo.InvariantCulture);
        using var response = await _requests.SendAsync(
            new S3Request(HttpMethod.Put, _likelyKey)
            {
                Query = $"partNumber={number}&{UploadQuery}",
                Body = _buffer.AsMemory(0, _filled),
                Understood = [],
            },
            cancellationToken);
        var tag = response.Headers.ETag?.Tag
            ?? throw new StorageUnavailableException("The object storage did not name a part.", new IOException("No ETag."));
#pragma warning disable CA5351 // S3 names a multipart object after the MD5 of its parts; nothing rests on its strength.
        _parts.Add((tag, MD5.HashData(_buffer.AsSpan(0, _filled))));
#pragma warning restore CA5351
        _filled = 0;
    }

    private async Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        var begun = await _requests.AskAsync(
            new S3Request(HttpMethod.Post, _likelyKey) { Query = "uploads=", ContentType = TypeOf(_likelyKey), Understood = [] },
            cancellationToken);
        return begun is not null && S3Requests.Text(begun, "UploadId") is { Length: > 0 } id
            ? id
            : throw new StorageUnavailableException("The object storage began no upload.", new IOException("No UploadId."));
    }

    private async Task PutWholeAsync(string key, CancellationToken cancellationToken)
    {
        var body = _buffer.AsMemory(0, _filled);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Span));
        var request = new S3Request(HttpMethod.Put, key)
        {
            Body = body,
            ContentType = TypeOf(key),
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { [HashHeader] = hash, ["If-None-Match"] = "*" },
            Understood = [HttpStatusCode.PreconditionFailed],
        };
        using var response = await _requests.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.PreconditionFailed)
            return;

        // An object exists already. It is ours if a first answer was lost and the request was retried.
        using var found = await _requests.SendAsync(new S3Request(HttpMethod.Head, key), cancellationToken);
        if (!found.Headers.TryGetValues(HashHeader, out var hashes) || hashes.FirstOrDefault() != hash)
            throw Taken();
    }

    private async Task CompleteAsync(CancellationToken cancellationToken)
    {
        _mayBeThere = true;
        var list = new StringBuilder("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        for (var i = 0; i < _parts.Count; i++)
            list.Append(
                CultureInfo.InvariantCulture,
                $"<Part><PartNumber>{i + 1}</PartNumber><ETag>{WebUtility.HtmlEncode(_parts[i].ETag)}</ETag></Part>");
        list.Append("</CompleteMultipartUpload>");
        var answer = await _requests.AskAsync(
            new S3Request(HttpMethod.Post, _likelyKey)
            {
                Query = UploadQuery,
                Body = Encoding.UTF8.GetBytes(list.ToString()),
                ContentType = "application/xml",
            },
            cancellationToken);

        // S3 may report an error with status 200, because it starts the answer before the work is done.
        if (answer is not null && answer.Name.LocalName == "Error")
            throw S3Requests.Failure(
                HttpStatusCode.InternalServerError, S3Requests.Text(answer, "Code") ?? "", S3Requests.Text(answer, "Message") ?? "");

        // Not found means that an earlier attempt completed the upload and its answer was lost. Check the object itself in both cases.
        using var found = await _requests.SendAsync(new S3Request(HttpMethod.Head, _likelyKey), cancellationToken);
        if (found.StatusCode == HttpStatusCode.NotFound || found.Content.Headers.ContentLength != _size || !IsOurs(found.Headers.ETag?.Tag))
            throw new StorageUnavailableException(
                "The object storage did not keep the upload whole.", new IOException("Another size or tag."));
    }

    /// <summary>
    /// Compares the ETag of a multipart object, which S3 derives from the MD5s of its parts. Vendors that compute it differently leave out
    /// the number of parts, and then anything is accepted.
    /// </summary>
    private bool IsOurs(string? tag)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $"-{_parts.Count}\"");
        if (tag is null
            || !tag.EndsWith(suffix, StringComparison.Ordinal)
            || _parts.Exists(p => p.ETag.Trim('"') != Convert.ToHexStringLower(p.Md5)))
            return true;
#pragma warning disable CA5351 // As above.
        var expected = MD5.HashData(_parts.SelectMany(p => p.Md5).ToArray());
#pragma warning restore CA5351
        return tag == $"\"{Convert.ToHexStringLower(expected)}{suffix}";
    }

    /// <summary>
    /// Copies the object to its final key, for a clip whose key was only known after parts had been sent under another one.
    /// </summary>
    private async Task MoveAsync(string key, CancellationToken cancellationToken)
    {
        using (var there = await _requests.SendAsync(new S3Request(HttpMethod.Head, key), cancellationToken))
        {
            if (there.StatusCode != HttpStatusCode.NotFound)
                throw Taken();
        }

        var source = $"/{_requests.Bucket}/{_likelyKey}";
        var copied = await _requests.AskAsync(
            new S3Request(HttpMethod.Put, key)
            {
                Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-amz-copy-source"] = source },
                Understood = [],
            },
            cancellationToken);
        if (copied is null || copied.Name.LocalName == "Error")
            throw new StorageUnavailableException(
                "The object storage did not copy the upload under its name.", new IOException("Not copied."));
        using var deleted = await _requests.SendAsync(new S3Request(HttpMethod.Delete, _likelyKey), CancellationToken.None);
    }

    private sealed class PartStream(S3Upload upload) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => upload._size;

        public override long Position
        {
            get => upload._size;
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            upload.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            upload.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
