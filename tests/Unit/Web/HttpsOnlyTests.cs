using System.Net;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class HttpsOnlyTests
{
    [Theory]
    [InlineData("https", "203.0.113.7", "/api/a", null, 200)]
    [InlineData("http", "203.0.113.7", "/api/a", null, 308)]
    [InlineData("http", "203.0.113.7", "/healthz/ready", null, 200)]
    [InlineData("http", "127.0.0.1", "/api/a", null, 200)]
    [InlineData("http", "127.0.0.1", "/api/a", "X-Forwarded-For", 308)]
    [InlineData("http", "127.0.0.1", "/api/a", "X-Forwarded-Proto", 308)]
    [InlineData("http", null, "/api/a", null, 308)]
    public async Task Plain_http_is_redirected_unless_it_stays_on_this_machine(
        string scheme, string? address, string path, string? forwarded, int status)
    {
        var context = FakeRequest.To(path, "?a=1");
        context.Request.Scheme = scheme;
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        if (forwarded is not null)
            context.Request.Headers[forwarded] = "https";
        var wentOn = false;
        await new HttpsOnly(
            _ =>
            {
                wentOn = true;
                return Task.CompletedTask;
            },
            FakeRequest.Urls(null)).InvokeAsync(context);
        Assert.Equal((status, status == 200), (context.Response.StatusCode, wentOn));
        Assert.Equal(status == 308 ? "https://siaga.example/api/a?a=1" : "", context.Response.Headers.Location.ToString());
        Assert.Equal(scheme == "https", context.Response.Headers.StrictTransportSecurity.Count > 0);
    }
}
