using CsCheck;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class PageMarkTests
{
    [Fact]
    public void A_cursor_that_was_given_is_read_back() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue]).Sample((first, second) =>
            PageMark.Parse(new PageMark(first, second).ToString()) == new PageMark(first, second));

    [Fact]
    public void No_text_makes_it_throw() =>
        Gen.String[0, 100].Sample(text => PageMark.Parse(text) is null or { First: >= 0, Second: >= 0 });

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("MQ")]
    [InlineData("LTEuMA")]
    [InlineData("MS4yLjM")]
    public void A_cursor_that_no_list_gave_is_refused(string cursor) => Assert.Null(PageMark.Parse(cursor));
}
