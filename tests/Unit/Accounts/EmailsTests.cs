using CsCheck;
using Siaga.Accounts;

namespace Siaga.Tests.Unit.Accounts;

public sealed class EmailsTests
{
    [Theory]
    [InlineData(" Budi@Siaga.Example ", "budi@siaga.example")]
    [InlineData("a@b", "a@b")]
    public void An_address_is_normalised(string given, string normal) => Assert.Equal(normal, Emails.Check(given).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@b")]
    [InlineData("a@")]
    [InlineData("a@b@c")]
    [InlineData("a b@c")]
    [InlineData("a\t@c")]
    public void What_is_no_address_is_refused(string? given) => Assert.Equal("email_invalid", Emails.Check(given).Error!.Code);

    [Fact]
    public void An_accepted_address_stays_the_same_when_it_is_checked_again() => Gen.String[0, 300].Sample(text =>
        !Emails.Check(text).IsOk || Emails.Check(Emails.Check(text).Value).Value == Emails.Check(text).Value);
}
