namespace Siaga.Tests.Backend;

/// <summary>Rules that depend on a previous read also hold under concurrent requests, on every engine.</summary>
public sealed class AtOnceTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task A_camera_gets_two_keys_however_many_are_asked_for_at_once()
    {
        var tenant = await host.MakeTenantAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => tenant.Admin.PostAsync($"/api/cameras/{tenant.CameraId}/keys")));
        Assert.Equal(2, answers.Count(a => a.Status == 201));
        Assert.Equal(6, answers.Count(a => a.Status == 409));
    }

    [Fact]
    public async Task Superadmins_who_delete_each_other_at_once_leave_one()
    {
        await using var own = new BackendHost();
        await own.InitializeAsync();
        const string password = "a good long password";
        var left = own.Root;
        for (var round = 0; round < 5; round++)
        {
            var email = own.Unique("super-") + "@siaga.test";
            var other = await own.MakeSuperadminAsync(left, email, password);
            var ends = await Task.WhenAll(DeleteAsync(left, other), DeleteAsync(other, left));
            Assert.Contains(ends, e => e != 200);
            left = (await left.GetAsync("/api/companies")).Status == 200 ? left : other;
            Assert.Equal(200, (await left.GetAsync("/api/companies")).Status);
        }
    }

    [Fact]
    public async Task A_listener_misses_none_of_many_reports_at_once()
    {
        var tenant = await host.MakeTenantAsync();
        using var listener = await Listener.OpenAsync(tenant.User);
        var reported = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => host.ReportAnomalyAsync(tenant)));
        var heard = new List<long>();
        while (heard.Count < reported.Length)
            heard.Add((await listener.NextAsync()).Data.GetProperty("id").GetInt64());
        Assert.Equal(reported.Order(), heard.Order());
    }

    [Fact]
    public async Task A_company_that_is_archived_while_keys_are_made_in_it_has_none_that_work()
    {
        for (var round = 0; round < 5; round++)
        {
            var tenant = await host.MakeTenantAsync();
            await Task.WhenAll(
                host.Root.DeleteAsync($"/api/companies/{tenant.CompanyId}"),
                host.Root.PostAsync($"/api/cameras/{tenant.CameraId}/keys"),
                host.Root.PostAsync("/api/cameras", new { name = "Late", company_id = tenant.CompanyId }),
                host.Root.PostAsync($"/api/cameras/{tenant.CameraId}/keys"));
            var keys = (await host.Ingestion.GetAsync("/internal/camera-keys")).Json.GetProperty("keys").EnumerateArray();
            Assert.DoesNotContain(keys, k => Expect.Id(k, "company_id") == tenant.CompanyId && k.GetProperty("active").GetBoolean());
            Assert.Empty(Expect.Items(await host.Root.GetAsync($"/api/cameras?company_id={tenant.CompanyId}")));
        }
    }

    [Fact]
    public async Task A_phone_that_two_users_register_at_once_is_accepted()
    {
        var tenant = await host.MakeTenantAsync();
        var token = host.Unique("phone-");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? tenant.User : tenant.Admin).PostAsync("/api/users/fcm-token", new { fcm_token = token })));
        Assert.All(answers, a => Assert.Equal(200, a.Status));
    }

    [Fact]
    public async Task A_report_told_many_times_at_once_is_one()
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Worker.PostAsync("/api/analyses", report)));
        Assert.Single(answers, a => a.Status == 201);
        Assert.Equal(7, answers.Count(a => a.Status == 200));
        Assert.Single(Expect.Items(await tenant.User.GetAsync("/api/anomalies")));
    }

    private static async Task<int> DeleteAsync(Client who, Client whom) =>
        (await who.DeleteAsync($"/api/users/{Expect.Id(whom.Session.GetProperty("user"))}")).Status;
}
