using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;

namespace Siaga.Tests.Backend;

/// <summary>Which rows a unit of work sees, and who may grant which role. Api/IsolationWalkTests covers every route.</summary>
public sealed class IsolationTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task A_unit_of_work_without_a_company_sees_and_changes_nothing()
    {
        var tenant = await host.MakeTenantAsync();
        await host.ReportAnomalyAsync(tenant);
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        var owned = db.Model.GetEntityTypes().Where(t => typeof(IOwnedByCompany).IsAssignableFrom(t.ClrType)).Select(t => t.ClrType)
            .ToList();
        Assert.Equal(15, owned.Count);
        foreach (var type in owned)
        {
            var set = (IQueryable<IOwnedByCompany>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type)
                .Invoke(db, null)!;
            Assert.Empty(await set.ToListAsync());
        }
    }

    [Fact]
    public async Task No_one_grants_a_role_above_their_own()
    {
        var tenant = await host.MakeTenantAsync();
        var user = Expect.Id(tenant.User.Session.GetProperty("user"));
        object New(string role) => new { email = host.Unique("up") + "@siaga.test", password = "a good long password", role };
        Expect.Problem(await tenant.Admin.PostAsync("/api/register", New("superadmin")), 403, "role_above_own");
        Expect.Problem(await tenant.Admin.PutAsync($"/api/users/{user}", new { role = "superadmin" }), 403, "role_above_own");
        Expect.Problem(
            await tenant.Admin.PutAsync($"/api/users/{user}", new { company_id = 1 + tenant.CompanyId * 1000 }), 404, "company_not_found");
        Expect.Problem(await tenant.User.PutAsync($"/api/users/{user}", new { role = "company_admin" }), 403, "forbidden");
        Assert.Equal(200, (await tenant.Admin.PutAsync($"/api/users/{user}", new { role = "company_admin" })).Status);
    }

    [Fact]
    public async Task The_last_superadmin_stays()
    {
        var root = Expect.Id(host.Root.Session.GetProperty("user"));
        Expect.Problem(await host.Root.DeleteAsync($"/api/users/{root}"), 409, "last_superadmin");
        var tenant = await host.MakeTenantAsync();
        Expect.Problem(
            await host.Root.PutAsync($"/api/users/{root}", new { role = "user", company_id = tenant.CompanyId }), 409, "last_superadmin");
        Expect.Problem(await tenant.Admin.GetAsync($"/api/users/{root}"), 404);
        Assert.DoesNotContain(Expect.Items(await tenant.Admin.GetAsync("/api/users")), u => Expect.Id(u) == root);
    }

    [Fact]
    public async Task An_archived_company_is_signed_out_its_keys_end_and_its_evidence_stays()
    {
        var tenant = await host.MakeTenantAsync();
        var anomaly = await host.ReportAnomalyAsync(tenant);
        var key = Expect.Id((await tenant.Admin.PostAsync($"/api/cameras/{tenant.CameraId}/keys")).Json);
        Assert.Equal(200, (await host.Root.DeleteAsync($"/api/companies/{tenant.CompanyId}")).Status);
        Expect.Problem(await tenant.User.GetAsync("/api/anomalies"), 401);
        var keys = (await host.Ingestion.GetAsync("/internal/camera-keys")).Json.GetProperty("keys").EnumerateArray();
        Assert.False(keys.Single(k => Expect.Id(k) == key).GetProperty("active").GetBoolean());
        Assert.Equal(200, (await host.Root.GetAsync($"/api/anomalies/{anomaly}")).Status);
        Assert.Equal(200, (await host.Root.GetAsync($"/api/cameras/{tenant.CameraId}/recordings")).Status);
        Expect.Problem(
            await host.Root.PostAsync("/api/cameras", new { name = "x", company_id = tenant.CompanyId }), 404, "company_not_found");
    }
}
