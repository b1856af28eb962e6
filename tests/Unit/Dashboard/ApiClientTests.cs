using System.Net;
using System.Text.Json;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Browser;
using Siaga.Messages.Api;
using Siaga.Tests.Unit.Fakes;
using Anomaly = Siaga.Messages.Api.AnomalyItem;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class ApiClientTests
{
    [Fact]
    public async Task A_list_is_read_page_by_page_on_this_server_whatever_its_public_address()
    {
        using var desk = new FakeDesk(request => Page(request.RequestUri!.PathAndQuery switch
        {
            "/api/anomalies?limit=200&status=new" => (1, "<https://public.example/api/anomalies?cursor=b>; rel=\"next\""),
            "/api/anomalies?cursor=b" => (2, "<https://public.example/api/anomalies?cursor=c>; rel=\"next\""),
            _ => (3, null),
        }));
        var two = await new AnomalyCalls(desk.Api).ListAsync("status=new", 2, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], two.Value!.Select(a => a.Id));
        Assert.Equal("https://public.example/api/anomalies?cursor=c", two.Next);
        var all = await new AnomalyCalls(desk.Api).ListAsync("status=new", 9, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3], all.Value!.Select(a => a.Id));
        Assert.Null(all.Next);
    }

    [Theory]
    [InlineData("""{"code":"taken","detail":"It is taken."}""", "taken", "It is taken.", null)]
    [InlineData("""{"title":"Bad"}""", "failed", "Bad", null)]
    [InlineData("""{"code":"a","detail":"'time_zone' is not one."}""", "a", "'time_zone' is not one.", "time_zone")]
    [InlineData("""{"code":"a","detail":"'Time Zone' is not one."}""", "a", "'Time Zone' is not one.", null)]
    [InlineData("""{"code":"a","detail":"b","errors":{"name":["c"]}}""", "a", "b", "name")]
    [InlineData("<html>", "failed", "Conflict", null)]
    public async Task A_refusal_is_told_with_its_code_and_its_field(string body, string code, string message, string? field)
    {
        using var desk = new FakeDesk(_ => FakeServer.Json(body, HttpStatusCode.Conflict));
        var problem = (await FindAsync(desk)).Problem!;
        Assert.Equal((409, code, message), (problem.Status, problem.Code, problem.Message));
        Assert.Equal(field, problem.Field);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_offline_also_behind_a_proxy()
    {
        using var desk = new FakeDesk(_ => throw new HttpRequestException());
        Assert.Same(Problem.Offline, (await FindAsync(desk)).Problem);
        using var proxied = new FakeDesk(_ => FakeServer.Json("<html>", HttpStatusCode.BadGateway));
        Assert.Same(Problem.Offline, (await FindAsync(proxied)).Problem);
        using var broken = new FakeDesk(_ => FakeServer.Json("{"));
        Assert.Same(Problem.Offline, (await FindAsync(broken)).Problem);
    }

    [Fact]
    public async Task A_page_that_was_left_is_not_offline()
    {
        using var desk = new FakeDesk(_ => FakeServer.Json("[]"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new AnomalyCalls(desk.Api).FindAsync(1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once()
    {
        var asked = 0;
        using var desk = new FakeDesk(_ => ++asked == 1 ? FakeServer.Empty(HttpStatusCode.Unauthorized) : Single());
        desk.Scripts.Swaps.Enqueue(new TokenSwap(200, FakeDesk.TokenUntil(FakeDesk.Now.AddHours(2))));
        Assert.True((await FindAsync(desk)).IsOk);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_session_that_has_ended_asks_nothing()
    {
        using var desk = new FakeDesk(_ => FakeServer.Empty(HttpStatusCode.Unauthorized));
        for (var i = 0; i < 3; i++)
            desk.Scripts.Swaps.Enqueue(new TokenSwap(401, null));
        Assert.Equal(401, (await FindAsync(desk)).Problem!.Status);
        Assert.Same(Problem.SessionEnded, (await FindAsync(desk)).Problem);
        Assert.Single(desk.Server.Asked);
    }

    [Fact]
    public async Task While_a_token_cannot_be_renewed_the_server_is_offline_and_not_the_session_over()
    {
        using var desk = new FakeDesk(_ => Single());
        desk.Time.Advance(TimeSpan.FromHours(2));
        desk.Scripts.Swaps.Enqueue(new TokenSwap(0, null));
        Assert.Same(Problem.Offline, (await FindAsync(desk)).Problem);
    }

    [Fact]
    public async Task Signing_in_needs_no_token_and_is_refused_without_a_renewal()
    {
        string? authorization = "none";
        using var desk = new FakeDesk(request =>
        {
            authorization = request.Headers.Authorization?.ToString();
            return FakeServer.Json("""{"code":"login_refused"}""", HttpStatusCode.Unauthorized);
        });
        Assert.Equal("login_refused", (await new SignInCalls(desk.Api).SignInAsync("a", "b")).Problem!.Code);
        Assert.Null(authorization);
        Assert.Single(desk.Server.Asked);
    }

    [Fact]
    public async Task A_change_is_meant_for_the_version_that_was_read()
    {
        var wanted = new List<string>();
        using var desk = new FakeDesk(request =>
        {
            wanted.AddRange(request.Headers.IfMatch.Select(tag => tag.ToString()));
            var response = Single();
            response.Headers.TryAddWithoutValidation("ETag", "\"8\"");
            return response;
        });
        Assert.Equal("\"8\"", (await FindAsync(desk)).Version);
        await desk.Api.ChangeAsync(
            "/api/a", "\"8\"", new AcknowledgeAnomalyRequest("a"), ApiJson.Default.AcknowledgeAnomalyRequest, ApiJson.Default.AnomalyItem);
        await desk.Api.ChangeAsync(HttpMethod.Delete, "/api/a", null);
        Assert.Equal(["\"8\""], wanted);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(409, false)]
    [InlineData(499, false)]
    public void Only_some_problems_pass_by_themselves(int status, bool isPassing) =>
        Assert.Equal(isPassing, new Problem(status, "a", "b").IsPassing);

    private static Task<Answer<Anomaly>> FindAsync(FakeDesk desk) =>
        new AnomalyCalls(desk.Api).FindAsync(1, TestContext.Current.CancellationToken);

    private static HttpResponseMessage Single() =>
        FakeServer.Json(JsonSerializer.Serialize(FakeDesk.Anomaly(1), ApiJson.Default.AnomalyItem));

    private static HttpResponseMessage Page((long Id, string? Link) page)
    {
        var response = FakeServer.Json(FakeDesk.Json(FakeDesk.Anomaly(page.Id)));
        if (page.Link is not null)
            response.Headers.Add("Link", page.Link);
        return response;
    }
}
