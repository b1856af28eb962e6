using Microsoft.AspNetCore.Http;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class RequestLimitsTests
{
    [Theory]
    [InlineData(RequestLimits.MaxQuery, 200)]
    [InlineData(RequestLimits.MaxQuery + 1, 414)]
    public async Task A_long_query_is_told_to_be_too_long(int length, int status) =>
        Assert.Equal(status, await StatusOfAsync(FakeRequest.To("/", "?" + new string('a', length - 1))));

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 431)]
    public async Task All_headers_together_have_a_longest_length_with_their_names(int more, int status)
    {
        var context = FakeRequest.To("/");
        context.Request.Headers.Clear();
        context.Request.Headers["Name"] = new([new string('a', 1000), new string('a', RequestLimits.MaxHeaders - 1000 - 8 - 6)]);
        context.Request.Headers["Other"] = new string('b', 1 + more);
        Assert.Equal(status, await StatusOfAsync(context));
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("application/json; charset=klingon", 415)]
    [InlineData("no media type at all", 200)]
    public async Task A_charset_that_is_unknown_is_told_before_the_body_is_read(string? type, int status)
    {
        var context = FakeRequest.To("/");
        context.Request.ContentType = type;
        Assert.Equal(status, await StatusOfAsync(context));
    }

    /// <summary>200: it goes on.</summary>
    private static async Task<int> StatusOfAsync(HttpContext context)
    {
        var wentOn = false;
        await RequestLimits.ApplyAsync(context, _ =>
        {
            wentOn = true;
            return Task.CompletedTask;
        });
        Assert.Equal(wentOn, context.Response.StatusCode == 200);
        return context.Response.StatusCode;
    }
}
