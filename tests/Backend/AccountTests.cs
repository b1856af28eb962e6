namespace Siaga.Tests.Backend;

public sealed class AccountTests(BackendHost host) : IClassFixture<BackendHost>
{
    private const string Password = "a good long password";

    [Fact]
    public async Task A_superadmin_comes_by_invitation_only_and_an_invitation_works_once()
    {
        var email = host.Unique("dewi-") + "@siaga.test";
        Expect.Problem(
            await host.Root.PostAsync("/api/register", new { email, password = Password, role = "superadmin" }), 403, "invitation_needed");
        var tenant = await host.MakeTenantAsync();
        var user = Expect.Id(tenant.User.Session.GetProperty("user"));
        Expect.Problem(await host.Root.PutAsync($"/api/users/{user}", new { role = "superadmin" }), 403, "invitation_needed");

        var invited = await host.Root.PostAsync("/api/invitations", new { email });
        Assert.Equal(201, invited.Status);
        var token = invited.Json.GetProperty("token").GetString()!;
        Assert.DoesNotContain(token, (await host.Root.GetAsync("/api/invitations")).Text, StringComparison.Ordinal);
        Expect.Problem(
            await host.Anonymous.PostAsync("/api/invitations/accept", new { token, password = "password123" }), 400, "password_common");
        Assert.Equal(201, (await host.Anonymous.PostAsync("/api/invitations/accept", new { token, password = Password })).Status);
        Expect.Problem(
            await host.Anonymous.PostAsync("/api/invitations/accept", new { token, password = Password }), 404, "invitation_not_valid");
        var second = await host.SignInAsync(email, Password);
        Assert.Equal(200, (await second.GetAsync("/api/companies")).Status);
        var id = Expect.Id(second.Session.GetProperty("user"));
        Assert.Equal(200, (await host.Root.DeleteAsync($"/api/users/{id}")).Status);
    }

    [Fact]
    public async Task A_revoked_or_expired_invitation_creates_no_account()
    {
        var revoked = await host.Root.PostAsync("/api/invitations", new { email = host.Unique("a-") + "@siaga.test" });
        Assert.Equal(204, (await host.Root.DeleteAsync($"/api/invitations/{Expect.Id(revoked.Json)}")).Status);
        var late = await host.Root.PostAsync("/api/invitations", new { email = host.Unique("b-") + "@siaga.test" });
        await AcceptAsync(revoked);
        host.Time.Advance(TimeSpan.FromDays(4));
        await AcceptAsync(late);
        host.Time.Advance(TimeSpan.FromDays(-4));

        async Task AcceptAsync(Answer invitation)
        {
            var token = invitation.Json.GetProperty("token").GetString();
            Expect.Problem(await host.Anonymous.PostAsync("/api/invitations/accept", new { token, password = Password }), 404);
        }
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_leaves_this_one()
    {
        var tenant = await host.MakeTenantAsync();
        var email = tenant.User.Session.GetProperty("user").GetProperty("email").GetString()!;
        var elsewhere = await host.SignInAsync(email, Password);
        Expect.Problem(
            await tenant.User.PostAsync("/api/users/password", new { current_password = "wrong", new_password = "another long password" }),
            403,
            "current_password_wrong");
        Expect.Problem(
            await tenant.User.PostAsync("/api/users/password", new { current_password = Password, new_password = "short" }),
            400,
            "password_short");
        Assert.Equal(204, (await tenant.User.PostAsync(
            "/api/users/password", new { current_password = Password, new_password = "another long password" })).Status);
        Expect.Problem(await elsewhere.GetAsync("/api/cameras"), 401);
        Assert.Equal(200, (await tenant.User.GetAsync("/api/cameras")).Status);
        await host.SignInAsync(email, "another long password");
    }

    [Fact]
    public async Task The_number_that_stands_for_no_company_is_refused_in_requests()
    {
        foreach (var (path, body) in ((string, object)[])[
            ("/api/worker-tokens", new { name = "Nowhere", company_id = -1 }),
            ("/api/register", new { email = host.Unique("nowhere-") + "@siaga.test", password = "a good long password", company_id = -1 })])
        {
            Expect.Problem(await host.Root.PostAsync(path, body), 404, "company_not_found");
        }
    }

    [Theory]
    [InlineData("password2024")]
    [InlineData("P@ssw0rd!!")]
    [InlineData("QwErTy123456")]
    [InlineData("Rahasia99")]
    [InlineData("12345678901")]
    [InlineData("aaaaaaaaaa")]
    [InlineData("asdfghjkl;")]
    [InlineData("siagasiaga1")]
    public async Task A_password_that_is_guessed_first_is_refused(string password)
    {
        var tenant = await host.MakeTenantAsync();
        Expect.Problem(
            await tenant.Admin.PostAsync("/api/register", new { email = host.Unique("weak") + "@siaga.test", password }),
            400,
            "password_common");
    }

    [Fact]
    public async Task A_workers_token_reports_for_its_company_does_nothing_else_and_dies_when_revoked()
    {
        var tenant = await host.MakeTenantAsync();
        var other = await host.MakeTenantAsync();
        var made = await tenant.Admin.PostAsync("/api/worker-tokens", new { name = "Surabaya" });
        Assert.Equal(201, made.Status);
        var token = made.Json.GetProperty("token").GetString()!;
        Assert.DoesNotContain(token, (await tenant.Admin.GetAsync("/api/worker-tokens")).Text, StringComparison.Ordinal);
        Client[] ways = [new(host, ("X-Worker-Token", token)), new(host, ("Authorization", $"Bearer {token}"))];
        foreach (var worker in ways)
        {
            Assert.Equal(200, (await worker.PostAsync("/api/report-anomaly", Anomaly(tenant))).Status);
            Expect.Problem(await worker.PostAsync("/api/report-anomaly", Anomaly(other)), 404, "camera_not_found");
            Expect.Problem(await worker.PostAsync("/api/analyses", BackendHost.Report(other)), 404, "camera_not_found");
            Expect.Problem(await worker.GetAsync("/api/anomalies"), 403);
            Expect.Problem(await worker.PostAsync("/api/worker-tokens", new { name = "more" }), 403);
        }

        Assert.Equal(204, (await tenant.Admin.DeleteAsync($"/api/worker-tokens/{Expect.Id(made.Json)}")).Status);
        foreach (var worker in ways)
            Expect.Problem(await worker.PostAsync("/api/report-anomaly", Anomaly(tenant)), 401);
    }

    [Fact]
    public async Task A_task_of_another_company_is_not_told_to_a_worker_who_guesses_its_name()
    {
        var tenant = await host.MakeTenantAsync();
        var other = await host.MakeTenantAsync();
        var report = BackendHost.Report(other);
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", report)).Status);
        var token = (await tenant.Admin.PostAsync("/api/worker-tokens", new { name = "spy" })).Json.GetProperty("token").GetString()!;
        var guess = new Dictionary<string, object?>(BackendHost.Report(tenant), StringComparer.Ordinal) { ["task_id"] = report["task_id"] };
        Expect.Problem(await new Client(host, ("X-Worker-Token", token)).PostAsync("/api/analyses", guess), 409, "task_id_reused");
    }

    private Dictionary<string, object> Anomaly(Tenant tenant)
    {
        var key = ContractTests.ClipOf(tenant).VideoPath;
        host.Blobs.Put(key, [1]);
        return new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["camera_id"] = tenant.CameraId,
            ["anomaly_type"] = "fire",
            ["confidence"] = 0.9,
            ["video_clip_url"] = key,
        };
    }
}
