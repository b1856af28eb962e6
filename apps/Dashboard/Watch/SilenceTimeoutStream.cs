namespace Siaga.App.Dashboard.Watch;

/// <summary>
/// A read-only stream whose reads are cancelled when no bytes arrive for too long. Server-sent events need it: their heartbeat is a
/// comment, which the parser does not pass on.
/// </summary>
/// <param name="inner">The stream to read; the caller disposes it.</param>
/// <param name="silence">The longest time without bytes.</param>
/// <param name="received">Awaited after each chunk has arrived, before the reader gets it.</param>
internal sealed class SilenceTimeoutStream(Stream inner, TimeSpan silence, Func<ValueTask> received) : Stream
{
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
        int count;
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            limit.CancelAfter(silence);
            count = await inner.ReadAsync(buffer, limit.Token);
        }

        if (count > 0)
            await received();
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
