using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Siaga.Backend;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Backend;

public sealed class BackendClientTests
{
    private static readonly JsonTypeInfo<List<int>> s_numbers =
        (JsonTypeInfo<List<int>>)JsonSerializerOptions.Web.GetTypeInfo(typeof(List<int>));

    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    [InlineData(299, true)]
    [InlineData(300, false)]
    [InlineData(404, true)]
    [InlineData(409, false)]
    public void A_status_is_required_to_be_a_success_or_named(int status, bool isFine)
    {
        var thrown = Record.Exception(() => BackendClient.Require((HttpStatusCode)status, HttpStatusCode.NotFound));
        Assert.Equal(isFine, thrown is null);
        if (thrown is not null)
            Assert.Equal((HttpStatusCode)status, Assert.IsType<HttpRequestException>(thrown).StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_what_is_refused_is_thrown()
    {
        Assert.Equal([1, 2], await FindAsync(FakeServer.Json("[1,2]")));
        Assert.Null(await FindAsync(FakeServer.Empty(HttpStatusCode.NotFound)));
        await Assert.ThrowsAsync<HttpRequestException>(() => FindAsync(FakeServer.Empty(HttpStatusCode.Unauthorized)));
    }

    [Fact]
    public async Task A_document_is_sent_and_its_answer_read()
    {
        using var server = new FakeServer(_ => FakeServer.Json("[3]"));
        var answer = await server.ToBackend().AskAsync(
            HttpMethod.Post, "internal/a", [1], s_numbers, s_numbers, CancellationToken.None);
        Assert.Equal([3], answer);
        Assert.Equal(["POST /internal/a"], server.Asked);
        Assert.Equal(["[1]"], server.Bodies);
    }

    [Fact]
    public async Task Only_the_status_is_asked_of_one_that_is_told()
    {
        using var server = new FakeServer(_ => FakeServer.Empty(HttpStatusCode.Conflict));
        Assert.Equal(
            HttpStatusCode.Conflict,
            await server.ToBackend().TellAsync(HttpMethod.Put, "internal/a", [1], s_numbers, CancellationToken.None));
    }

    [Fact]
    public async Task A_service_asks_as_itself_or_with_its_callers_authorization_but_never_both()
    {
        var sent = new List<string>();
        using var server = new FakeServer(request =>
        {
            sent.Add(string.Join(',', request.Headers.Select(h => $"{h.Key}={h.Value.Single()}")));
            return FakeServer.Json("[]");
        });
        await server.ToBackend().FindAsync("internal/a", s_numbers, CancellationToken.None);
        await server.ToBackend().AskAsAsync("Bearer abc", "api/a", CancellationToken.None);
        Assert.Equal(["X-Token=secret", "Authorization=Bearer abc"], sent);
    }

    [Fact]
    public async Task A_call_waits_until_the_address_is_known_and_keeps_the_first()
    {
        var address = new BackendAddress();
        var waiting = address.GetAsync(TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        address.Set(new Uri("http://first/"));
        address.Set(new Uri("http://second/"));
        Assert.Equal(new Uri("http://first/"), await waiting);
    }

    private static async Task<List<int>?> FindAsync(HttpResponseMessage answer)
    {
        using var server = new FakeServer(_ => answer);
        return await server.ToBackend().FindAsync("internal/a", s_numbers, CancellationToken.None);
    }
}
