using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Primitives;

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
        await host.Anonymous.PostAsync("/api/login", new { email, password = "wrong password" });

        var entries = Expect.Items(await tenant.Admin.GetAsync("/api/audit"));
        Expect.Fields(
            entries[0], ("id", JsonValueKind.Number), ("at", JsonValueKind.String), ("actor", JsonValueKind.String),
            ("action", JsonValueKind.String),
            ("target", JsonValueKind.String), ("company_id", JsonValueKind.Number), ("address", JsonValueKind.String));
        Assert.All(entries, e => Assert.Equal(tenant.CompanyId, Expect.Id(e, "company_id")));
        var actions = entries.Select(e => e.GetProperty("action").GetString()!).ToList();
        actions.RemoveAll(a => a == "links.issued");
        Assert.Equal(
            ["login.refused", "anomaly.acknowledged", "camera_key.revoked", "camera_key.made", "camera.created", "login.succeeded"],
            actions.Take(6));
        entries = [.. entries.Where(e => e.GetProperty("action").GetString() != "links.issued")];
        Assert.Equal(email, entries[1].GetProperty("actor").GetString());
        Assert.Equal($"cameras/{tenant.CameraId}/keys/{key}", entries[2].GetProperty("target").GetString());
        Assert.Contains("company.created", actions);
        Assert.DoesNotContain(Expect.Items(await other.Admin.GetAsync("/api/audit")), e => Expect.Id(e, "company_id") != other.CompanyId);
        Assert.Contains(Expect.Items(await host.Root.GetAsync("/api/audit?limit=200")), e => Expect.Id(e, "company_id") == other.CompanyId);
    }

    [Fact]
    public async Task Who_got_links_to_which_clips_is_written_down_once_a_minute_and_company_by_company()
    {
        var tenant = await host.MakeTenantAsync();
        var first = await host.ReportAnomalyAsync(tenant);
        var second = await host.ReportAnomalyAsync(tenant);
        for (var i = 0; i < 5; i++)
            Assert.Equal(200, (await tenant.User.GetAsync("/api/anomalies")).Status);
        Assert.Equal(200, (await host.Root.GetAsync($"/api/anomalies/{first}")).Status);
        var targets = new List<string>();
        await Eventually.TrueAsync("the links are written down", async () =>
        {
            targets = [.. Expect.Items(await tenant.Admin.GetAsync("/api/audit?limit=200"))
                .Where(e => e.GetProperty("action").GetString() == "links.issued")
                .Select(e => $"{e.GetProperty("actor")} {e.GetProperty("target")}")];
            return targets.Count >= 2;
        });
        var user = tenant.User.Session.GetProperty("user").GetProperty("email").GetString();
        string[] expected = [$"{BackendHost.AdminEmail} anomalies/{first}", $"{user} anomalies/{first}-{second}"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), targets.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_entry_cannot_be_changed_or_removed()
    {
        await host.MakeTenantAsync();
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("a test tries to rewrite history");
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        foreach (var sql in (string[])["update audit set actor = 'intruder'", "delete from audit"])
        {
            var refused = await Assert.ThrowsAnyAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql));
            Assert.Contains("only ever added to", refused.Message, StringComparison.Ordinal);
        }

        var type = db.Model.GetEntityTypes().Single(t => typeof(IAppendOnly).IsAssignableFrom(t.ClrType)).ClrType;
        var set = (IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type).Invoke(db, null)!;
        db.Remove(await set.FirstAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }
}
