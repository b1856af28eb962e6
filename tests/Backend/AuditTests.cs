using System.Text.Json;

namespace Siaga.Tests.Backend;

public sealed class AuditTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task What_people_do_is_written_down_and_a_companys_admin_reads_their_own()
    {
        var tenant = await host.MakeTenantAsync();
        var other = await host.MakeTenantAsync();
        var anomaly = await host.ReportAnomalyAsync(tenant);
        var key = Expect.Id((await tenant.Admin.PostAsync($"/api/cameras/{tenant.CameraId}/keys")).Json);
        await tenant.Admin.DeleteAsync($"/api/cameras/{tenant.CameraId}/keys/{key}");
        await tenant.User.PostAsync($"/api/anomalies/{anomaly}/acknowledge");
        await tenant.User.PostAsync($"/api/anomalies/{anomaly}/acknowledge");
        var email = tenant.User.Session.GetProperty("user").GetProperty("email").GetString();
        await host.Nobody.PostAsync("/api/login", new { email, password = "wrong password" });

        var entries = Expect.Items(await tenant.Admin.GetAsync("/api/audit"));
        Expect.Fields(
            entries[0], ("id", JsonValueKind.Number), ("at", JsonValueKind.String), ("actor", JsonValueKind.String), ("action", JsonValueKind.String),
            ("target", JsonValueKind.String), ("company_id", JsonValueKind.Number), ("address", JsonValueKind.String));
        Assert.All(entries, e => Assert.Equal(tenant.CompanyId, Expect.Id(e, "company_id")));
        var actions = entries.Select(e => e.GetProperty("action").GetString()!).ToList();
        Assert.Equal(
            ["login.refused", "anomaly.acknowledged", "camera_key.revoked", "camera_key.made", "camera.created", "login.succeeded"],
            actions.Take(6));
        Assert.Equal(email, entries[1].GetProperty("actor").GetString());
        Assert.Equal($"cameras/{tenant.CameraId}/keys/{key}", entries[2].GetProperty("target").GetString());
        Assert.Contains("company.created", actions);
        Assert.DoesNotContain(Expect.Items(await other.Admin.GetAsync("/api/audit")), e => Expect.Id(e, "company_id") != other.CompanyId);
        Assert.Contains(Expect.Items(await host.Root.GetAsync("/api/audit?limit=200")), e => Expect.Id(e, "company_id") == other.CompanyId);
    }
}
