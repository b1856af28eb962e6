using System.Net.Sockets;

namespace Siaga.BlobStorage.S3;

/// <summary>
/// An object being read. If the server stops sending or closes the connection early, reading throws
/// <see cref="StorageUnavailableException"/> instead of ending short.
/// </summary>
internal sealed class S3ReadStream(HttpResponseMessage response, Stream inner, TimeSpan timeout) : Stream
{
    private long _left = response.Content.Headers.ContentLength ?? -1;

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
            var read = await inner.ReadAsync(buffer, limit.Token);
            if (read == 0 && buffer.Length > 0 && _left > 0)
                throw new StorageUnavailableException(
                    "The object storage broke off in the middle of an object.", new EndOfStreamException());
            if (_left > 0)
                _left -= read;
            return read;
        }
        catch (Exception e)
            when (e is OperationCanceledException or HttpRequestException or SocketException
                or (IOException and not StorageUnavailableException)
            && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException("The object storage broke off in the middle of an object.", e);
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
            inner.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
