using System.Buffers;
using System.Runtime.InteropServices;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class LargeBlockPoolTests
{
    private readonly LargeBlockPool _pool = new();

    [Fact]
    public void Every_block_is_large_and_a_larger_one_is_refused()
    {
        Assert.Equal(LargeBlockPool.BlockBytes, _pool.Rent(1).Memory.Length);
        Assert.Equal(LargeBlockPool.BlockBytes, _pool.Rent(LargeBlockPool.BlockBytes).Memory.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => _pool.Rent(LargeBlockPool.BlockBytes + 1));
    }

    [Fact]
    public void A_block_that_is_given_back_twice_is_lent_once()
    {
        var block = _pool.Rent();
        var bytes = ArrayOf(block);
        block.Dispose();
        block.Dispose();
        Assert.Same(bytes, ArrayOf(_pool.Rent()));
        Assert.NotSame(bytes, ArrayOf(_pool.Rent()));
    }

    [Fact]
    public void No_more_blocks_are_kept_than_its_limit()
    {
        var blocks = Enumerable.Range(0, 300).Select(_ => _pool.Rent()).ToList();
        var arrays = blocks.Select(ArrayOf).ToHashSet();
        blocks.ForEach(b => b.Dispose());
        Assert.Equal(256, Enumerable.Range(0, 300).Select(_ => ArrayOf(_pool.Rent())).Count(arrays.Contains));
    }

    private static byte[] ArrayOf(IMemoryOwner<byte> block)
    {
        Assert.True(MemoryMarshal.TryGetArray<byte>(block.Memory, out var array));
        return array.Array!;
    }
}
