using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;

namespace Siaga.Tests.Backend;

/// <summary>Who may call what, and that nobody reaches another company, walked over every route there is.</summary>
public sealed class IsolationTests(BackendHost host) : IClassFixture<BackendHost>
{
    private enum Who
    {
        Anyone,
        Person,
        CompanyAdmin,
        Superadmin,
        Worker,
        Ingestion,
    }

    /// <param name="Least">The least that the caller must be.</param>
    /// <param name="Body">One that would work, were it the caller's own.</param>
    private sealed record Rule(Who Least, object? Body = null);

    private static readonly Dictionary<string, Rule> s_rules = new(StringComparer.Ordinal)
    {
        ["GET /healthz"] = new(Who.Anyone),
        ["GET /healthz/ready"] = new(Who.Anyone),
        ["POST /api/login"] = new(Who.Anyone),
        ["POST /api/token/refresh"] = new(Who.Anyone),
        ["POST /api/logout"] = new(Who.Person),
        ["POST /api/register"] = new(Who.CompanyAdmin),
        ["GET /api/users"] = new(Who.Person),
        ["GET /api/users/{id:long}"] = new(Who.Person),
        ["PUT /api/users/{id:long}"] = new(Who.CompanyAdmin, new { name = "Taken over" }),
        ["DELETE /api/users/{id:long}"] = new(Who.CompanyAdmin),
        ["POST /api/users/fcm-token"] = new(Who.Person),
        ["GET /api/companies"] = new(Who.Superadmin),
        ["POST /api/companies"] = new(Who.Superadmin),
        ["GET /api/companies/{id:long}"] = new(Who.Superadmin),
        ["PUT /api/companies/{id:long}"] = new(Who.Superadmin),
        ["DELETE /api/companies/{id:long}"] = new(Who.Superadmin),
        ["POST /api/companies/{id:long}/purge"] = new(Who.Superadmin),
        ["POST /api/cameras/{id:long}/purge"] = new(Who.Superadmin),
        ["GET /api/cameras"] = new(Who.Person),
        ["POST /api/cameras"] = new(Who.CompanyAdmin),
        ["GET /api/cameras/{id:long}"] = new(Who.Person),
        ["PUT /api/cameras/{id:long}"] = new(Who.CompanyAdmin, new { name = "Taken over" }),
        ["DELETE /api/cameras/{id:long}"] = new(Who.CompanyAdmin),
        ["GET /api/cameras/{id:long}/keys"] = new(Who.CompanyAdmin),
        ["POST /api/cameras/{id:long}/keys"] = new(Who.CompanyAdmin),
        ["DELETE /api/cameras/{id:long}/keys/{keyId:long}"] = new(Who.CompanyAdmin),
        ["GET /api/cameras/{camera}/recordings"] = new(Who.Person),
        ["GET /internal/camera-keys/"] = new(Who.Ingestion),
        ["POST /internal/camera-keys/find"] = new(Who.Ingestion),
        ["POST /internal/camera-keys/used"] = new(Who.Ingestion),
        ["POST /api/analyses"] = new(Who.Worker),
        ["POST /api/report-anomaly"] = new(Who.Worker),
        ["GET /api/analyses"] = new(Who.Person),
        ["GET /api/analyses/{id:long}"] = new(Who.Person),
        ["GET /api/anomalies"] = new(Who.Person),
        ["GET /api/anomalies/recent"] = new(Who.Person),
        ["GET /api/anomalies/{id:long}"] = new(Who.Person),
        ["POST /api/anomalies/{id:long}/acknowledge"] = new(Who.Person),
        ["POST /api/anomalies/{id:long}/resolve"] = new(Who.Person, new { resolution = "confirmed" }),
        ["GET /api/health/report"] = new(Who.Person),
        ["GET /api/audit"] = new(Who.CompanyAdmin),
        ["GET /api/events"] = new(Who.Person),
    };

    [Fact]
    public void Every_route_has_its_rule_here()
    {
        var routes = host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(s_rules.Keys.Order(StringComparer.Ordinal), routes);
    }

    [Fact]
    public async Task No_route_works_for_less_than_its_role()
    {
        var tenant = await host.MakeTenantAsync();
        foreach (var (route, rule) in s_rules.Where(r => r.Value.Least != Who.Anyone))
        {
            await ExpectAsync(host.Nobody, 401, route, "1");
            await ExpectAsync(new Client(host, ("Authorization", "Bearer sck_abcdefgh")), 401, route, "1");
            await ExpectAsync(new Client(host, ("Authorization", "Bearer a.b.c")), 401, route, "1");
            if (rule.Least > Who.Person)
                await ExpectAsync(tenant.User, 403, route, "1");
            if (rule.Least > Who.CompanyAdmin)
                await ExpectAsync(tenant.Admin, 403, route, "1");
            if (rule.Least > Who.Superadmin)
                await ExpectAsync(host.Root, 403, route, "1");
            if (rule.Least != Who.Worker)
                await ExpectAsync(host.Worker, 403, route, "1");
            if (rule.Least != Who.Ingestion)
                await ExpectAsync(host.Ingestion, 403, route, "1");
        }
    }

    [Fact]
    public async Task Another_companys_ids_are_not_there_on_any_route()
    {
        var mine = await host.MakeTenantAsync();
        var theirs = await host.MakeTenantAsync();
        var anomaly = await host.ReportAnomalyAsync(theirs);
        var analysis = Expect.Id(Expect.Items(await theirs.User.GetAsync("/api/analyses"))[0]);
        var key = Expect.Id((await theirs.Admin.PostAsync($"/api/cameras/{theirs.CameraId}/keys")).Json);
        var user = Expect.Id(theirs.User.Session.GetProperty("user"));
        var before = await SnapshotAsync(theirs, user, anomaly);
        var walked = 0;
        foreach (var (route, rule) in s_rules.Where(r => r.Key.Contains('{', StringComparison.Ordinal) && r.Value.Least < Who.Superadmin))
        {
            var id = route switch
            {
                _ when route.Contains("/users/", StringComparison.Ordinal) => $"{user}",
                _ when route.Contains("/anomalies/", StringComparison.Ordinal) => $"{anomaly}",
                _ when route.Contains("/analyses/", StringComparison.Ordinal) => $"{analysis}",
                _ => $"{theirs.CameraId}",
            };
            await ExpectAsync(mine.Admin, 404, route, id, rule.Body, $"{key}");
            walked++;
        }

        Assert.Equal(14, walked);
        Expect.Problem(await mine.Admin.DeleteAsync($"/api/cameras/{mine.CameraId}/keys/{key}"), 404);
        Expect.Problem(await mine.User.GetAsync($"/api/cameras/cam{theirs.CameraId}/recordings"), 404);
        Expect.Problem(await mine.Admin.PostAsync("/api/cameras", new { name = "x", company_id = theirs.CompanyId }), 404);
        Expect.Problem(await mine.Admin.PostAsync(
            "/api/register", new { email = host.Unique("spy") + "@siaga.test", password = "a good long password", role = "user", company_id = theirs.CompanyId }), 404);
        foreach (var list in (string[])["users", "cameras"])
            Assert.Empty(Expect.Items(await mine.Admin.GetAsync($"/api/{list}?company_id={theirs.CompanyId}")));
        foreach (var list in (string[])["anomalies", "analyses"])
            Assert.Empty(Expect.Items(await mine.Admin.GetAsync($"/api/{list}?camera_id={theirs.CameraId}")));
        Assert.Equal(before, await SnapshotAsync(theirs, user, anomaly));
    }

    [Fact]
    public async Task A_unit_of_work_without_a_company_sees_and_changes_nothing()
    {
        var tenant = await host.MakeTenantAsync();
        await host.ReportAnomalyAsync(tenant);
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        var owned = db.Model.GetEntityTypes().Where(t => typeof(IOwnedByCompany).IsAssignableFrom(t.ClrType)).Select(t => t.ClrType).ToList();
        Assert.Equal(10, owned.Count);
        foreach (var type in owned)
        {
            var set = (IQueryable<IOwnedByCompany>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type).Invoke(db, null)!;
            Assert.Empty(await set.ToListAsync());
        }
    }

    [Fact]
    public async Task Nobody_gives_a_role_above_their_own()
    {
        var tenant = await host.MakeTenantAsync();
        var user = Expect.Id(tenant.User.Session.GetProperty("user"));
        object New(string role) => new { email = host.Unique("up") + "@siaga.test", password = "a good long password", role };
        Expect.Problem(await tenant.Admin.PostAsync("/api/register", New("superadmin")), 403, "role_above_own");
        Expect.Problem(await tenant.Admin.PutAsync($"/api/users/{user}", new { role = "superadmin" }), 403, "role_above_own");
        Expect.Problem(await tenant.Admin.PutAsync($"/api/users/{user}", new { company_id = 1 + tenant.CompanyId * 1000 }), 404, "company_not_found");
        Expect.Problem(await tenant.User.PutAsync($"/api/users/{user}", new { role = "company_admin" }), 403, "forbidden");
        Assert.Equal(200, (await tenant.Admin.PutAsync($"/api/users/{user}", new { role = "company_admin" })).Status);
    }

    [Fact]
    public async Task The_last_superadmin_stays()
    {
        var root = Expect.Id(host.Root.Session.GetProperty("user"));
        Expect.Problem(await host.Root.DeleteAsync($"/api/users/{root}"), 409, "last_superadmin");
        var tenant = await host.MakeTenantAsync();
        Expect.Problem(await host.Root.PutAsync($"/api/users/{root}", new { role = "user", company_id = tenant.CompanyId }), 409, "last_superadmin");
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
        Expect.Problem(await host.Root.PostAsync("/api/cameras", new { name = "x", company_id = tenant.CompanyId }), 404, "company_not_found");
    }

    private static async Task<string> SnapshotAsync(Tenant tenant, long user, long anomaly)
    {
        var camera = await tenant.Admin.GetAsync($"/api/cameras/{tenant.CameraId}");
        var keys = await tenant.Admin.GetAsync($"/api/cameras/{tenant.CameraId}/keys");
        var person = await tenant.Admin.GetAsync($"/api/users/{user}");
        var status = (await tenant.User.GetAsync($"/api/anomalies/{anomaly}")).Json.GetProperty("status").GetString();
        return $"{camera.Text} {keys.Text} {person.Text} {status}";
    }

    private static async Task ExpectAsync(Client client, int status, string route, string id, object? body = null, string key = "1")
    {
        var (method, pattern) = route.Split(' ') is [var m, var p] ? (m, p) : throw new ArgumentException(route);
        var path = pattern.Replace("{id:long}", id, StringComparison.Ordinal).Replace("{camera}", id, StringComparison.Ordinal)
            .Replace("{keyId:long}", key, StringComparison.Ordinal);
        var content = method is "GET" or "DELETE" ? null : System.Net.Http.Json.JsonContent.Create(body ?? new { });
        var answer = await client.SendAsync(new HttpMethod(method), path, body is null && id != "1" ? null : content);
        Assert.True(answer.Status == status, $"{route} with {id}: {answer.Status} {answer.Text}");
        Expect.Problem(answer, status);
    }
}
