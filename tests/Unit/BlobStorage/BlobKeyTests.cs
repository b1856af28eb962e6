using CsCheck;
using Siaga.BlobStorage;

namespace Siaga.Tests.Unit.BlobStorage;

public sealed class BlobKeyTests
{
    [Theory]
    [InlineData("7/12/2026/a-b_c.mp4", true)]
    [InlineData("a", true)]
    [InlineData("..a", true)]
    [InlineData("", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData(".", false)]
    [InlineData("a/../b", false)]
    [InlineData("a/.../b", false)]
    [InlineData("a b", false)]
    [InlineData("a\\b", false)]
    [InlineData("ä", false)]
    [InlineData("a\0", false)]
    public void A_key_cannot_leave_the_storage(string key, bool isValid) => Assert.Equal(isValid, BlobKey.IsValid(key));

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void A_key_has_a_longest_length(int length, bool isValid) => Assert.Equal(isValid, BlobKey.IsValid(new string('a', length)));

    [Fact]
    public void No_text_at_all_leads_out_of_a_folder() =>
        Gen.Char["./a\\~ %"].Array[0, 12].Select(c => new string(c)).Sample(key => !BlobKey.IsValid(key)
            || Path.GetFullPath(Path.Combine("/root/objects", key)).StartsWith("/root/objects/", StringComparison.Ordinal));

    [Fact]
    public void A_wrong_key_is_refused_before_anything_is_touched()
    {
        Assert.Equal("a/b", BlobKey.Require("a/b"));
        Assert.Throws<ArgumentException>(() => BlobKey.Require("../b"));
    }
}
