namespace Siaga.Tests.Backend;

/// <summary>Conflicting changes, and calls that are sent again.</summary>
public sealed class RepeatTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task A_change_that_was_meant_for_an_older_version_is_refused()
    {
        var tenant = await host.MakeTenantAsync();
        var user = Expect.Id(tenant.User.Session.GetProperty("user"));
        foreach (var (who, path) in ((Client, string)[])[
            (tenant.Admin, $"/api/cameras/{tenant.CameraId}"), (tenant.Admin, $"/api/users/{user}"),
            (host.Root, $"/api/companies/{tenant.CompanyId}")])
        {
            var first = (await who.GetAsync(path)).Headers.ETag!.Tag;
            var changed = await PutAsync(who, path, first, "One");
            Assert.Equal(200, changed.Status);
            Assert.NotEqual(first, changed.Headers.ETag!.Tag);
            Expect.Problem(await PutAsync(who, path, first, "Two"), 412, "changed_meanwhile");
            Assert.Equal(200, (await PutAsync(who, path, $"W/\"x\", {changed.Headers.ETag.Tag}", "Two")).Status);
            Assert.Equal(200, (await PutAsync(who, path, "*", "Three")).Status);
            Assert.Equal(200, (await who.PutAsync(path, new { name = "Four" })).Status);
            Assert.Equal("Four", (await who.GetAsync(path)).Json.GetProperty("name").GetString());
        }

        Expect.Problem(
            await SendAsync(tenant.Admin, HttpMethod.Delete, $"/api/cameras/{tenant.CameraId}", null, ("If-Match", "\"1\"")), 412);
    }

    [Fact]
    public async Task Of_many_who_change_one_version_at_once_one_does_and_the_others_hear_of_it()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = $"/api/cameras/{tenant.CameraId}";
        var user = $"/api/users/{Expect.Id(tenant.User.Session.GetProperty("user"))}";
        var company = $"/api/companies/{tenant.CompanyId}";
        (Client, string)[] changes =
            [(tenant.Admin, camera), (tenant.Admin, user), (host.Root, camera), (host.Root, user), (host.Root, company)];
        foreach (var (who, path) in changes)
        {
            for (var round = 0; round < 3; round++)
            {
                var seen = (await who.GetAsync(path)).Headers.ETag!.Tag;
                var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PutAsync(
                    who, path, seen, $"Name {round}.{i} of {who.Session.GetProperty("user").GetProperty("id")}")));
                var changed = Assert.Single(answers, a => a.Status == 200);
                Assert.All(answers.Where(a => a != changed), a => Assert.True(a.Status is 409 or 412, $"{path}: {a.Status} {a.Text}"));
                Assert.Equal(changed.Headers.ETag!.Tag, (await who.GetAsync(path)).Headers.ETag!.Tag);
            }
        }
    }

    [Fact]
    public async Task A_creating_call_sent_again_creates_nothing_again_and_is_answered_the_same()
    {
        var tenant = await host.MakeTenantAsync();
        var other = await host.MakeTenantAsync();
        foreach (var (who, path, body) in ((Client, string, object)[])[
            (host.Root, "/api/companies", new { name = "Once" }), (tenant.Admin, "/api/cameras", new { name = "Once" }),
            (tenant.Admin, "/api/register", new { email = host.Unique("once") + "@siaga.test", password = "a good long password" }),
            (tenant.Admin, $"/api/cameras/{tenant.CameraId}/keys", new { }), (tenant.Admin, "/api/worker-tokens", new { name = "Once" })])
        {
            var key = Guid.NewGuid().ToString();
            var first = await RepeatAsync(who, path, body, key);
            Assert.Equal(201, first.Status);
            var again = await RepeatAsync(who, path, body, key);
            Assert.Equal(201, again.Status);
            Assert.Equal(first.Text, again.Text);
            Assert.Equal(first.Headers.Location, again.Headers.Location);
            Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        }

        Assert.Equal(2, Expect.Items(await tenant.Admin.GetAsync("/api/cameras")).Length);
        var same = Guid.NewGuid().ToString();
        Assert.Equal(201, (await RepeatAsync(tenant.Admin, "/api/cameras", new { name = "A" }, same)).Status);
        Expect.Problem(await RepeatAsync(tenant.Admin, "/api/cameras", new { name = "B" }, same), 409, "idempotency_key_reused");
        Assert.Equal(201, (await RepeatAsync(other.Admin, "/api/cameras", new { name = "B" }, same)).Status);
        Expect.Problem(
            await RepeatAsync(tenant.Admin, "/api/cameras", new { name = "A" }, new string('k', 201)), 400, "idempotency_key_invalid");
    }

    [Fact]
    public async Task A_creating_call_sent_many_times_at_once_creates_one()
    {
        var tenant = await host.MakeTenantAsync();
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => RepeatAsync(tenant.Admin, "/api/cameras", new { name = "Once" }, key)));
        Assert.All(answers, a => Assert.True(a.Status is 201 or 409, $"{a.Status} {a.Text}"));
        Assert.Single(answers.Where(a => a.Status == 201).Select(a => a.Text).Distinct());
        Assert.Equal(2, Expect.Items(await tenant.Admin.GetAsync("/api/cameras")).Length);
    }

    [Fact]
    public async Task A_call_that_failed_may_be_made_again_under_its_name()
    {
        var tenant = await host.MakeTenantAsync();
        var key = Guid.NewGuid().ToString();
        Expect.Problem(await RepeatAsync(tenant.Admin, "/api/cameras", new { name = "" }, key), 400);
        Assert.Equal(201, (await RepeatAsync(tenant.Admin, "/api/cameras", new { name = "Now" }, key)).Status);
    }

    private static Task<Answer> PutAsync(Client who, string path, string match, string name) =>
        SendAsync(who, HttpMethod.Put, path, System.Net.Http.Json.JsonContent.Create(new { name }), ("If-Match", match));

    private static Task<Answer> RepeatAsync(Client who, string path, object body, string key) =>
        SendAsync(who, HttpMethod.Post, path, System.Net.Http.Json.JsonContent.Create(body), ("Idempotency-Key", key));

    private static async Task<Answer> SendAsync(Client who, HttpMethod method, string path, HttpContent? content, (string, string) header)
    {
        using var response = await who.OpenAsync(method, path, content, HttpCompletionOption.ResponseContentRead, header);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, System.Text.Json.JsonDocument.Parse(text).RootElement, text, response.Headers);
    }
}
