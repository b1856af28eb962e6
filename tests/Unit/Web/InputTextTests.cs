using CsCheck;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class InputTextTests
{
    private const int Most = 20;

    [Fact]
    public void What_is_accepted_is_trimmed_short_enough_and_can_be_shown() => Gen.String[0, 40].Sample(text =>
    {
        var cleaned = InputText.Clean(text, "name", Most);
        return !cleaned.IsOk
            || (cleaned.Value.Length is > 0 and <= Most && cleaned.Value == cleaned.Value.Trim() && !cleaned.Value.Any(char.IsControl));
    });

    [Theory]
    [InlineData(null, "name_empty")]
    [InlineData("   ", "name_empty")]
    [InlineData("123456789012345678901", "name_too_long")]
    [InlineData("a\u0007b", "name_unprintable")]
    [InlineData("a\ud800b", "name_unprintable")]
    public void What_is_refused_is_told_by_its_field(string? text, string code) =>
        Assert.Equal(code, InputText.Clean(text, "name", Most).Error!.Code);

    [Theory]
    [InlineData("  Lobby ", "Lobby")]
    [InlineData("Gerbang \U0001F4F7", "Gerbang \U0001F4F7")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    public void What_people_write_is_accepted(string text, string cleaned) =>
        Assert.Equal(cleaned, InputText.Clean(text, "name", Most).Value);

    [Fact]
    public void Text_that_may_be_left_out_is_null_where_it_is()
    {
        Assert.Null(InputText.CleanOptional(" ", "note", Most).Value);
        Assert.Equal("note_too_long", InputText.CleanOptional(new string('a', Most + 1), "note", Most).Error!.Code);
    }
}
