using Siaga.Tests.Unit.Fakes;
using Siaga.Web;
using Siaga.Web.Callers;

namespace Siaga.Tests.Unit.Web;

public sealed class SigningKeysTests
{
    [Theory]
    [InlineData(31, 31, false)]
    [InlineData(32, 32, true)]
    [InlineData(32, 12, true)]
    [InlineData(32, 11, false)]
    public void A_key_is_long_and_random_enough(int bytes, int different, bool isFine)
    {
        var key = Convert.ToBase64String([.. Enumerable.Range(0, bytes).Select(i => (byte)(i % different))]);
        var options = new AuthOptions { SigningKey = key };
        Assert.Equal(isFine, Record.Exception(() => SigningKeys.Read(options)) is null);
        Assert.Equal(isFine, new SigningKeyValidator().Validate(null, options).Succeeded);
        if (isFine)
            Assert.Equal(bytes, SigningKeys.Read(options).Length);
    }

    [Fact]
    public void What_is_no_base64_is_refused_and_space_around_it_is_not()
    {
        Assert.Throws<InvalidOperationException>(
            () => SigningKeys.Read(new AuthOptions { SigningKey = "?" + FakeRequest.SigningKey[1..] }));
        Assert.Equal(48, SigningKeys.Read(new AuthOptions { SigningKey = $" {FakeRequest.SigningKey}\n" }).Length);
    }

    [Fact]
    public void A_key_is_set_once()
    {
        Assert.Throws<InvalidOperationException>(() => SigningKeys.Read(new AuthOptions()));
        Assert.Throws<InvalidOperationException>(
            () => SigningKeys.Read(new AuthOptions { SigningKey = FakeRequest.SigningKey, SigningKeyFile = "key" }));

        // Whether one is set at all is told by the host, together with all else that is missing.
        Assert.True(new SigningKeyValidator().Validate(null, new AuthOptions()).Succeeded);
    }

    [Fact]
    public void A_derived_key_depends_on_its_purpose_and_on_the_key_alone()
    {
        var one = new AuthOptions { SigningKey = FakeRequest.SigningKey };
        var other = new AuthOptions { SigningKey = "A" + FakeRequest.SigningKey[1..] };
        Assert.Equal(one.DeriveKey("a"), one.DeriveKey("a"));
        Assert.NotEqual(one.DeriveKey("a"), one.DeriveKey("b"));
        Assert.NotEqual(one.DeriveKey("a"), other.DeriveKey("a"));
        Assert.Equal(32, one.DeriveKey("a").Length);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("abcdefghijklmnopqrstuvw", false)]
    [InlineData("abcdefghijklmnopqrstuvwx", true)]
    [InlineData("abcdefghiabcdefghiabcdefghi", false)]
    [InlineData("abcdefghijabcdefghijabcdefghij", true)]
    public void A_service_token_is_absent_or_hard_to_guess(string? token, bool isFine) =>
        Assert.Equal(isFine, new HardToGuessAttribute().IsValid(token));
}
