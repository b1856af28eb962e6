using CsCheck;
using Microsoft.AspNetCore.Http;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class PageTests
{
    [Theory]
    [InlineData("", 50)]
    [InlineData("?limit=", 50)]
    [InlineData("?limit=1", 1)]
    [InlineData("?limit=200", 200)]
    [InlineData("?limit=201", 200)]
    [InlineData("?limit=2147483647", 200)]
    public async Task A_page_has_as_many_rows_as_asked_for_within_bounds(string query, int limit) =>
        Assert.Equal(new Page(limit, null), await Page.BindAsync(FakeRequest.To("/", query)));

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=2147483648")]
    [InlineData("?limit=ten")]
    [InlineData("?cursor=abc")]
    public async Task What_cannot_be_meant_is_refused(string query) =>
        await Assert.ThrowsAsync<BadHttpRequestException>(() => Page.BindAsync(FakeRequest.To("/", query)).AsTask());

    [Fact]
    public async Task A_cursor_is_where_the_page_begins() => Assert.Equal(
        new PageMark(12, 3), (await Page.BindAsync(FakeRequest.To("/", $"?cursor={new PageMark(12, 3)}")))!.After);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void There_is_a_next_page_only_if_one_more_row_was_found(int rows, bool hasNext)
    {
        var context = FakeRequest.To("/api/cameras", "?cursor=old&state=a%26b&limit=2");
        new Page(2, null).AddNextLink(context, Rows(rows), row => new PageMark(row));
        Assert.Equal(
            hasNext ? $"<http://siaga.example:8080/api/cameras?state=a%26b&limit=2&cursor={new PageMark(2)}>; rel=\"next\"" : "",
            context.Response.Headers.Link.ToString());
    }

    [Fact]
    public void Following_the_links_gives_every_row_once() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 7]).Sample((count, limit) =>
        {
            var (seen, after, more) = (new List<long>(), 0L, true);
            while (more)
            {
                var rows = Rows(count).Where(row => row > after).Take(limit + 1).ToList();
                seen.AddRange(rows.Take(limit));
                var link = new Page(limit, null).NextLink(FakeRequest.To("/"), rows, row => new PageMark(row));
                more = link is not null;
                if (link is not null)
                    after = PageMark.Parse(link.Split("cursor=")[1].Split('>')[0])!.Value.First;
            }

            return seen.SequenceEqual(Rows(count));
        }, iter: 50);

    private static List<long> Rows(int count) => [.. Enumerable.Range(1, count).Select(i => (long)i)];
}
