using Amazon.S3.Model;

namespace Siaga.BlobStorage.S3;

/// <summary>
/// An object being read. If the server stops sending or closes the connection early, reading throws
/// <see cref="StorageUnavailableException"/> instead of ending short.
/// </summary>
/// <param name="response">The server's answer, disposed with this stream.</param>
/// <param name="timeout">Limit of each read.</param>
internal sealed class S3ReadStream(GetObjectResponse response, TimeSpan timeout) : Stream
{
    private readonly Stream _inner = response.ResponseStream;
    private long _left = response.ContentLength;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            var read = await _inner.ReadAsync(buffer, limit.Token);
            if (read == 0 && buffer.Length > 0 && _left > 0)
                throw BrokenOff(new EndOfStreamException());
            if (_left > 0)
                _left -= read;
            return read;
        }
        catch (Exception e) when (S3Failures.IsFailure(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw BrokenOff(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }

    private static StorageUnavailableException BrokenOff(Exception inner) =>
        new("The object storage broke off in the middle of an object.", inner);
}
