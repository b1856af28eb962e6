using System.Globalization;
using Siaga.BlobStorage.S3;

namespace Siaga.Tests.BlobStorage;

/// <summary>Links to objects, made without asking the server: none is at these addresses.</summary>
public sealed class S3LinkTests
{
    private static readonly S3Options s_options = new()
    {
        Endpoint = new Uri("http://192.0.2.1:9000"), Bucket = "clips", AccessKey = "key", SecretKey = "secret", Region = "garage",
    };

    [Theory]
    [InlineData(null, false, "http://192.0.2.1:9000/clips/7/1/a.mp4")]
    [InlineData("https://clips.example", false, "https://clips.example/clips/7/1/a.mp4")]
    [InlineData("https://clips.example:8443", false, "https://clips.example:8443/clips/7/1/a.mp4")]
    [InlineData("http://localhost:9000", true, "http://clips.localhost:9000/7/1/a.mp4")]
    [InlineData("https://s3.example", true, "https://clips.s3.example/7/1/a.mp4")]
    public void A_link_names_the_public_address(string? forPublic, bool isHosted, string expected)
    {
        var link = Link(s_options with { PublicEndpoint = forPublic is null ? null : new Uri(forPublic), VirtualHosted = isHosted });
        Assert.Equal(expected, link.GetLeftPart(UriPartial.Path));
    }

    [Fact]
    public void A_link_is_signed_for_the_region_and_as_long_as_wished_and_for_nothing_but_the_host()
    {
        var query = Link(s_options).Query.TrimStart('?').Split('&');
        Assert.Contains("X-Amz-Algorithm=AWS4-HMAC-SHA256", query);
        Assert.Contains(query, p => p.StartsWith("X-Amz-Credential=key%2F", StringComparison.Ordinal)
            && p.EndsWith("%2Fgarage%2Fs3%2Faws4_request", StringComparison.Ordinal));
        Assert.Contains("X-Amz-SignedHeaders=host", query);
        
        // The library reads the clock once more for the link's start.
        var lifetime = Assert.Single(query, p => p.StartsWith("X-Amz-Expires=", StringComparison.Ordinal));
        Assert.InRange(int.Parse(lifetime.Split('=')[1], CultureInfo.InvariantCulture), 280, 300);
        Assert.Equal(6, query.Length);
    }

    private static Uri Link(S3Options options)
    {
        using var storage = new S3BlobStorage(options, TimeProvider.System);
        return new Uri(storage.CreateReadUrl("7/1/a.mp4", TimeSpan.FromMinutes(5)));
    }
}
