using System.Security.Cryptography;
using CsCheck;
using Siaga.BlobStorage.S3;

namespace Siaga.Tests.Unit.BlobStorage;

/// <summary>Signatures, against the examples in the documentation of S3, which have these keys and this time.</summary>
public sealed class S3SignerTests
{
    private static readonly DateTimeOffset s_time = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly string s_empty = Convert.ToHexStringLower(SHA256.HashData(ReadOnlySpan<byte>.Empty));

    private static readonly S3Options s_options = new()
    {
        Endpoint = new Uri("https://s3.amazonaws.com"),
        Bucket = "examplebucket",
        AccessKey = "AKIAIOSFODNN7EXAMPLE",
        SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    };

    private readonly S3Signer _signer = new(s_options);

    [Theory]
    [InlineData("?lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("?max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void A_request_has_the_documented_signature(string query, string signature)
    {
        using var request = Signed($"https://examplebucket.s3.amazonaws.com/{query}");
        Assert.Equal("20130524T000000Z", Assert.Single(request.Headers.GetValues("x-amz-date")));
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
            + $"SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={signature}",
            request.Headers.Authorization!.ToString());
    }

    [Fact]
    public void A_link_has_the_documented_signature() => Assert.Equal(
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
        + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z"
        + "&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        _signer.Presign(new Uri("https://examplebucket.s3.amazonaws.com/test.txt"), TimeSpan.FromDays(1), s_time));

    [Fact]
    public void The_time_is_written_in_utc_whatever_its_offset() => Assert.Equal(
        Link("https://s3.example/b/k", s_time), Link("https://s3.example/b/k", s_time.ToOffset(TimeSpan.FromHours(7))));

    [Theory]
    [InlineData("https://s3.example:443", "https://s3.example", true)]
    [InlineData("http://s3.example:80", "http://s3.example", true)]
    [InlineData("http://s3.example:9000", "http://s3.example", false)]
    public void The_port_is_signed_unless_it_is_the_usual_one(string one, string other, bool isSame) =>
        Assert.Equal(isSame, SignatureOf(Link($"{one}/b/k", s_time)) == SignatureOf(Link($"{other}/b/k", s_time)));

    [Fact]
    public void Headers_of_the_storage_are_signed_and_no_others()
    {
        using var plain = Signed("https://s3.example/b/k");
        using var other = Signed("https://s3.example/b/k", ("Range", "bytes=0-9"));
        using var own = Signed("https://s3.example/b/k", ("X-Amz-Acl", "private"));
        Assert.Equal($"{plain.Headers.Authorization}", $"{other.Headers.Authorization}");
        Assert.Contains(
            "SignedHeaders=host;x-amz-acl;x-amz-content-sha256;x-amz-date,",
            own.Headers.Authorization!.Parameter,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_a_query_does_not_matter() => Gen.Shuffle((List<string>)["uploads", "prefix=a%2Fb", "max-keys=2", "marker="])
        .Sample(parts =>
        {
            using var one = Signed("https://s3.example/b?marker=&max-keys=2&prefix=a%2Fb&uploads");
            using var other = Signed($"https://s3.example/b?{string.Join('&', parts)}");
            return $"{one.Headers.Authorization}" == $"{other.Headers.Authorization}";
        });

    private static string SignatureOf(string link) => link.Split("X-Amz-Signature=")[1];

    private string Link(string uri, DateTimeOffset now) => _signer.Presign(new Uri(uri), TimeSpan.FromMinutes(5), now);

    private HttpRequestMessage Signed(string uri, (string Name, string Value)? header = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        _signer.Sign(request, s_empty, s_time);
        return request;
    }
}
