using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Siaga.Web;

/// <summary>
/// The server's receive buffers, in blocks of 64 KiB. Kestrel's own blocks have 4 KiB and cost one system call each: fine for API requests,
/// but a clip of ten megabytes would take 2,500 of them. An idle connection holds no block.
/// </summary>
internal sealed class LargeBlockPool : MemoryPool<byte>
{
    internal const int BlockBytes = 64 * 1024;

    // Keep up to 16 MiB for reuse; blocks beyond that go to the garbage collector.
    private const int MostKept = 256;

    private readonly ConcurrentQueue<byte[]> _free = new();
    private int _kept;

    public override int MaxBufferSize => BlockBytes;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        if (!_free.TryDequeue(out var bytes))
            return new Block(this, GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true));
        Interlocked.Decrement(ref _kept);
        return new Block(this, bytes);
    }

    protected override void Dispose(bool disposing) => _free.Clear();

    private void Return(byte[] bytes)
    {
        if (Interlocked.Increment(ref _kept) <= MostKept)
            _free.Enqueue(bytes);
        else
            Interlocked.Decrement(ref _kept);
    }

    private sealed class Block(LargeBlockPool pool, byte[] bytes) : IMemoryOwner<byte>
    {
        private byte[]? _bytes = bytes;

        public Memory<byte> Memory => _bytes;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _bytes, null) is { } given)
                pool.Return(given);
        }
    }
}

internal sealed class LargeBlockPools : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new LargeBlockPool();
}
