using CsCheck;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using Siaga.BlobStorage.Files;

namespace Siaga.Tests.Unit.BlobStorage;

public sealed class UrlSignerTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly UrlSigner _signer;

    public UrlSignerTests() => _signer = new UrlSigner(new byte[32], _time);

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void A_link_is_valid_until_it_ends(int seconds, bool isValid)
    {
        var (key, expires, signature) = Parsed(_signer.Sign("7/a.mp4", TimeSpan.FromSeconds(60)));
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(isValid, _signer.IsValid(key, expires, signature));
    }

    [Fact]
    public void A_link_to_one_object_opens_no_other_and_not_for_longer()
    {
        var (key, expires, signature) = Parsed(_signer.Sign("7/a.mp4", TimeSpan.FromSeconds(60)));
        Assert.False(_signer.IsValid("7/b.mp4", expires, signature));
        Assert.False(_signer.IsValid(key, expires + 1, signature));
        Assert.False(_signer.IsValid(key, expires, ""));
        Assert.False(_signer.IsValid(key, expires, signature.ToUpperInvariant()));
        Assert.False(new UrlSigner([1, .. new byte[31]], _time).IsValid(key, expires, signature));
    }

    [Fact]
    public void No_signature_is_valid_with_one_character_changed()
    {
        var (key, expires, signature) = Parsed(_signer.Sign("7/a.mp4", TimeSpan.FromSeconds(60)));
        Gen.Select(Gen.Int[0, 63], Gen.Char["0123456789abcdef"]).Sample((at, c) =>
            _signer.IsValid(key, expires, signature[..at] + c + signature[(at + 1)..]) == (signature[at] == c));
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    public void A_short_key_is_refused(int bytes, bool isLongEnough) =>
        Assert.Equal(isLongEnough, Record.Exception(() => new UrlSigner(new byte[bytes], _time)) is null);

    private static (string Key, long Expires, string Signature) Parsed(string url)
    {
        var uri = new Uri(new Uri("http://host"), url);
        var query = QueryHelpers.ParseQuery(uri.Query);
        return (uri.AbsolutePath[UrlSigner.PathPrefix.Length..],
            long.Parse(query["expires"]!, System.Globalization.CultureInfo.InvariantCulture), query["signature"]!);
    }
}
