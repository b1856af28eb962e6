using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class PublicUrlsTests
{
    [Theory]
    [InlineData(null, "http://siaga.example:8080", "https://siaga.example")]
    [InlineData("https://public.example:8443/", "https://public.example:8443", "https://public.example:8443")]
    [InlineData("http://public.example/", "http://public.example", "https://siaga.example")]
    public void The_address_is_the_one_that_is_set_or_the_request_s_own(string? set, string plain, string secure)
    {
        var (urls, context) = (FakeRequest.Urls(set), FakeRequest.To("/"));
        Assert.Equal((plain, secure), (urls.BaseOf(context), urls.SecureBaseOf(context)));
    }

    [Fact]
    public void Only_a_path_is_put_behind_the_address()
    {
        Assert.Equal("https://a/blobs/b", PublicUrls.Absolute("https://a", "/blobs/b"));
        Assert.Equal("https://storage/b", PublicUrls.Absolute("https://a", "https://storage/b"));
    }
}
