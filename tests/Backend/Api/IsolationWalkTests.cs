using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Messages;

namespace Siaga.Tests.Backend.Api;

/// <summary>
/// Calls every operation of the document as every kind of caller, with ids of another company: nothing may be read or changed.
/// </summary>
public sealed partial class IsolationWalkTests(WholeHost host) : IClassFixture<WholeHost>
{
    /// <summary>Part of every text of the other company: a response that contains it has leaked data.</summary>
    private const string Secret = "rahasia-perusahaan-lain";

    private static readonly Who[] s_everybody =
        [Who.Anonymous, Who.User, Who.CompanyAdmin, Who.Superadmin, Who.CameraKey, Who.ScopedWorker, Who.Worker, Who.Ingestion];

    [Fact]
    public async Task Every_operation_has_its_rule_and_every_route_is_in_the_document()
    {
        var api = await ApiDescription.ReadAsync(host);
        Assert.Equal(AccessRules.All.Keys.Order(StringComparer.Ordinal), api.Operations.Select(o => o.Name).Order(StringComparer.Ordinal));
        var routes = host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(
                m => $"{m} {Constraint().Replace(e.RoutePattern.RawText!, "}")}"))
            .Where(r => !AccessRules.IsAboutTheApi(r)).Distinct();
        Assert.Equal(AccessRules.All.Keys.Concat(AccessRules.Internal).Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_caller_reads_or_changes_anything_of_another_company_or_above_their_role()
    {
        var mine = await MakeTargetsAsync("mine");
        var theirs = await MakeTargetsAsync(Secret);
        var callers = await CallersAsync(mine);
        var api = await ApiDescription.ReadAsync(host);
        var before = await DumpAsync(theirs.Tenant.CompanyId);
        Assert.Contains(Secret, before, StringComparison.Ordinal);
        var walked = 0;
        var faults = new List<string>();
        foreach (var operation in api.Operations)
        {
            var rule = AccessRules.All[operation.Name];
            foreach (var who in s_everybody.Where(w => w != Who.Superadmin && !IsOurs(w, rule)))
            {
                // Skip the logout: it would end the session that the walk uses.
                if (operation.Name == "POST /api/logout" && rule.Allowed.HasFlag(who))
                    continue;
                foreach (var path in Paths(operation, theirs))
                {
                    var answer = await SendAsync(callers[who], operation, path, rule.Body?.Invoke(theirs));
                    walked++;
                    var expected = Expected(who, rule, operation);
                    if (!expected.Contains(answer.Status))
                        faults.Add(
                            $"{operation.Name} as {who} ({path}): {answer.Status}, not {string.Join(" or ", expected)}: {answer.Text}");
                    if (answer.Text.Contains(Secret, StringComparison.Ordinal))
                        faults.Add($"{operation.Name} as {who} ({path}) tells: {answer.Text}");
                }
            }
        }

        Assert.Empty(faults);
        Assert.Equal(before, await DumpAsync(theirs.Tenant.CompanyId));
        Assert.True(walked > 350, $"Only {walked} calls.");
    }

    [Fact]
    public async Task The_same_calls_work_for_those_whose_things_they_are()
    {
        // Proof that the walk above does not pass merely because nothing works at all.
        var own = await MakeTargetsAsync("own");
        var callers = await CallersAsync(own);
        var api = await ApiDescription.ReadAsync(host);
        string[] last = ["DELETE", "PUT"];
        foreach (var operation in api.Operations
            .Where(o => o.Node["parameters"]?.AsArray().Any(p => (string)p!["in"]! == "path") == true)
            .OrderBy(o => last.Contains(o.Method)))
        {
            var rule = AccessRules.All[operation.Name];
            if (operation.Path.StartsWith("/api/companies/", StringComparison.Ordinal)
                || operation.Path.StartsWith("/api/invitations/", StringComparison.Ordinal))
                continue;
            if (rule.Allowed == Who.Superadmin)
                continue;
            var who = rule.Allowed.HasFlag(Who.CompanyAdmin) ? Who.CompanyAdmin : Who.CameraKey;
            var answer = await SendAsync(callers[who], operation, Paths(operation, own).First(), rule.Body?.Invoke(own));

            // A call may delete what a later one needs, so 404 and 409 are fine here; only 403 is not.
            Assert.True(answer.Status is >= 200 and < 300 or 404 or 409, $"{operation.Name}: {answer.Status} {answer.Text}");
            if (operation.Method == "GET")
                Assert.Equal(200, answer.Status);
        }
    }

    // Our own workers and Ingestion serve every company; superadmins see every company.
    private static bool IsOurs(Who who, AccessRule rule) => who is Who.Worker && rule.Allowed.HasFlag(Who.Worker);

    private static int[] Expected(Who who, AccessRule rule, ApiOperation operation)
    {
        if (rule.IsIngestion)
        {
            // Ingestion authenticates cameras by key, and asks the Backend what a person may see.
            return operation.Method == "POST" ? who == Who.CameraKey ? [404] : [401]
                : who is Who.CameraKey or Who.User or Who.CompanyAdmin ? [404] : [401, 404];
        }

        if (rule.Allowed == Who.Everybody)
            return [200, 201, 400, 401, 404, 429];
        if (who is Who.Anonymous or Who.CameraKey)
            return [401];
        if (!rule.Allowed.HasFlag(who))
            return [rule.Denied];
        if (operation.Path.Contains('{', StringComparison.Ordinal)
            || rule.Body is not null && operation.Name is not ("POST /api/users/password" or "POST /api/users/fcm-token"))
            return [404];
        return operation.Name == "POST /api/users/password" ? [403] : [200];
    }

    private static IEnumerable<string> Paths(ApiOperation operation, Targets targets)
    {
        var names = Parameter().Matches(operation.Path).Select(m => m.Groups["name"].Value).ToList();
        IEnumerable<string> paths = [operation.Path];
        foreach (var name in names)
            paths = paths.SelectMany(
                p => targets.For(operation.Path, name).Select(v => p.Replace($"{{{name}}}", v, StringComparison.Ordinal)));
        if (names.Count > 0 || operation.Method != "GET")
            return paths;

        // A list: as it is, and filtered by ids that are not the caller's.
        return paths.SelectMany(p => operation.Parameters.Select(q => (string)q["name"]!).Where(q => q is "company_id" or "camera_id")
            .Select(q => $"{p}?{q}={(q == "company_id" ? targets.Tenant.CompanyId : targets.Tenant.CameraId)}&limit=200").Prepend(p));
    }

    private static async Task<Answer> SendAsync(Client caller, ApiOperation operation, string path, object? body)
    {
        HttpContent? content = operation.Path == "/ingest/video"
            ? new MultipartFormDataContent { { new StringContent(path), "note" } }
            : body is null ? null : JsonContent.Create(body);
        if (operation.Path == "/ingest/video")
        {
            ((MultipartFormDataContent)content!).Add(new StringContent("999999"), "camera_id");
            ((MultipartFormDataContent)content).Add(new ByteArrayContent(WholeHost.Clip("spy")), "video_clip", "clip.mp4");
        }

        using var response = await caller.OpenAsync(
            new HttpMethod(operation.Method), path, content, HttpCompletionOption.ResponseHeadersRead);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            return new Answer((int)response.StatusCode, default, "", response.Headers);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, default, text, response.Headers);
    }

    private async Task<Dictionary<Who, Client>> CallersAsync(Targets mine)
    {
        await mine.Tenant.Admin.DeleteAsync($"/api/cameras/{mine.Tenant.CameraId}/keys/{mine.KeyId}");
        var (_, key) = await WholeHost.MakeKeyAsync(mine.Tenant.Admin, mine.Tenant.CameraId);
        var token = (await mine.Tenant.Admin.PostAsync("/api/worker-tokens", new { name = "own worker" })).Json.GetProperty("token")
            .GetString();
        return new Dictionary<Who, Client>
        {
            [Who.Anonymous] = host.Anonymous,
            [Who.User] = mine.Tenant.User,
            [Who.CompanyAdmin] = mine.Tenant.Admin,
            [Who.Superadmin] = host.Root,
            [Who.CameraKey] = new Client(host, ("Authorization", $"Bearer {key}")),
            [Who.ScopedWorker] = new Client(host, ("X-Worker-Token", token!)),
            [Who.Worker] = host.Worker,
            [Who.Ingestion] = host.Ingestion,
        };
    }

    private async Task<Targets> MakeTargetsAsync(string mark)
    {
        var company = Expect.Id((await host.Root.PostAsync("/api/companies", new { name = mark })).Json, "company_id");
        var admin = await host.MakeUserAsync(company, "company_admin", mark);
        var user = await host.MakeUserAsync(company, "user", mark);
        var camera = Expect.Id((await admin.PostAsync("/api/cameras", new { name = mark, location = mark })).Json, "camera_id");
        var tenant = new Tenant(company, admin, user, camera);
        var report = BackendHost.Report(tenant);
        report["label"] = mark;
        report["worker"] = mark;
        var anomaly = Expect.Id((await host.Worker.PostAsync("/api/analyses", report)).Json, "anomaly_id");
        await user.PostAsync($"/api/anomalies/{anomaly}/acknowledge", new { note = mark });
        var analysis = Expect.Id(Expect.Items(await user.GetAsync("/api/analyses"))[0]);
        var (keyId, key) = await WholeHost.MakeKeyAsync(admin, camera);
        var clip = (await host.UploadAsync(new Client(host, ("X-Camera-Key", key)))).Json.GetProperty("clip_id").GetString()!;

        // The last use of a key is recorded with a delay, which must not happen between two dumps of the database.
        await Eventually.TrueAsync("the key's use is known", async () =>
            Expect.Items(await admin.GetAsync($"/api/cameras/{camera}/keys")).Single(k => Expect.Id(k) == keyId)
                .TryGetProperty("last_used_at", out var at)
                && at.ValueKind == JsonValueKind.String, TimeSpan.FromMinutes(1));
        var worker = Expect.Id((await admin.PostAsync("/api/worker-tokens", new { name = mark })).Json);
        var recording = ContractTests.ClipOf(tenant);
        host.Blobs.Put(recording.VideoPath, new byte[recording.Size]);
        await host.Broker.DeliverAsync(Routes.RecordingsQueue, JsonSerializer.SerializeToUtf8Bytes(recording, MessageJson.Options));
        await PictureTests.StoreAsync(host, tenant, recording.ClipId, recording.CapturedAt, System.Text.Encoding.UTF8.GetBytes(mark));
        return new Targets(
            tenant, Expect.Id(user.Session.GetProperty("user")), anomaly, analysis, keyId, worker, clip, recording.VideoPath,
            recording.ClipId);
    }

    /// <summary>Every row of a company.</summary>
    private async Task<string> DumpAsync(long companyId)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Primitives.CompanyScope>().SetAll("a test looks at everything");
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        var lines = new List<string>();
        foreach (var type in db.Model.GetEntityTypes().Where(t => typeof(IOwnedByCompany).IsAssignableFrom(t.ClrType)).Select(
            t => t.ClrType))
        {
            var set = (IQueryable<IOwnedByCompany>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type)
                .Invoke(db, null)!;
            foreach (var row in (await set.AsNoTracking().ToListAsync()).Where(r => r.CompanyId == companyId))
                lines.Add($"{type.Name} {JsonSerializer.Serialize(row, type)}");
        }

        return string.Join('\n', lines.Where(l => !l.Contains("links.issued", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(":[a-z]+}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{(?<name>[a-z_]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
