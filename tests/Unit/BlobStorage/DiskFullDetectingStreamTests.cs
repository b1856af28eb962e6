using Siaga.BlobStorage.Files;

namespace Siaga.Tests.Unit.BlobStorage;

public sealed class DiskFullDetectingStreamTests
{
    [Theory]
    [InlineData(28, true)]
    [InlineData(122, true)]
    [InlineData(27, true)]
    [InlineData(5, false)]
    [InlineData(29, false)]
    public void A_full_disk_a_full_quota_and_a_file_that_may_not_grow_are_full(int error, bool isFull) =>
        Assert.Equal(isFull, DiskFullDetectingStream.IsFull(new IOException("Failed.", error)));
}
