using System.Text;
using System.Text.Json;
using Siaga.Messages;

namespace Siaga.Tests.Backend;

/// <summary>Every route of the contract, as clients parse it.</summary>
public sealed class ContractTests(WholeHost host) : IClassFixture<WholeHost>
{
    private const JsonValueKind Text = JsonValueKind.String;
    private const JsonValueKind Number = JsonValueKind.Number;
    private const JsonValueKind Record = JsonValueKind.Object;
    private const JsonValueKind Flag = JsonValueKind.True;

    [Fact]
    public async Task Anybody_may_ask_for_health()
    {
        Assert.Equal("ok", (await host.Anonymous.GetAsync("/healthz")).Text);
        Assert.Equal(200, (await host.Anonymous.GetAsync("/healthz/ready")).Status);
    }

    [Fact]
    public async Task Anybody_may_read_the_document_of_the_api()
    {
        var document = await host.Anonymous.GetAsync("/openapi/v1.json");
        Assert.Equal(200, document.Status);
        Assert.StartsWith("3.1", document.Json.GetProperty("openapi").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_report_tells_every_part_and_owns_up_to_what_it_cannot_know()
    {
        var report = (await host.Root.GetAsync("/api/health/report")).Json;
        foreach (var part in (string[])["backend", "ingestion", "ai_worker", "push_service", "media_server", "database", "rabbitmq", "s3"])
            Expect.Fields(report.GetProperty(part), ("ok", Flag), ("status", Text));
        Expect.Fields(report.GetProperty("disk"), ("free", Number), ("total", Number));
        Assert.True(report.GetProperty("database").GetProperty("ok").GetBoolean());
        Assert.Equal("not configured", report.GetProperty("push_service").GetProperty("status").GetString());
        Assert.Equal("never seen", report.GetProperty("ai_worker").GetProperty("status").GetString());
        Assert.NotEqual("", report.GetProperty("build").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Login_by_json_or_form_gives_a_token_with_the_claims_that_clients_decode(bool form)
    {
        var answer = form
            ? await host.Anonymous.PostAsync("/api/login", new FormUrlEncodedContent(
                [KeyValuePair.Create("email", BackendHost.AdminEmail), KeyValuePair.Create("password", BackendHost.AdminPassword)]))
            : await host.Anonymous.PostAsync("/api/login", new { email = "ROOT@siaga.test ", password = BackendHost.AdminPassword });
        Assert.Equal(200, answer.Status);
        Expect.Fields(answer.Json, ("token", Text), ("refresh_token", Text), ("user", Record));
        var claims = ClaimsOf(answer.Json.GetProperty("token").GetString()!);
        Expect.Fields(claims, ("user_id", Number), ("email", Text), ("company_id", Number), ("role", Text), ("exp", Number), ("sid", Text));
        Assert.Equal("superadmin", claims.GetProperty("role").GetString());
        var lifetime = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()) - TimeProvider.System.GetUtcNow();
        Assert.InRange(lifetime, TimeSpan.FromHours(23.9), TimeSpan.FromHours(24.1));
    }

    [Fact]
    public async Task Companies_are_made_listed_renamed_and_archived()
    {
        var made = await host.Root.PostAsync("/api/companies", new { name = "PT Maju" });
        Assert.Equal(201, made.Status);
        var id = Expect.Id(made.Json, "company_id");
        Assert.Equal(200, (await host.Root.PutAsync($"/api/companies/{id}", new { name = "PT Maju Jaya" })).Status);
        var item = Expect.Items(await host.Root.GetAsync("/api/companies?limit=200")).Single(c => Expect.Id(c) == id);
        Expect.Fields(item, ("id", Number), ("name", Text), ("created_at", Text));
        Assert.Equal("PT Maju Jaya", item.GetProperty("name").GetString());
        Assert.Equal(200, (await host.Root.DeleteAsync($"/api/companies/{id}")).Status);
        Assert.DoesNotContain(Expect.Items(await host.Root.GetAsync("/api/companies?limit=200")), c => Expect.Id(c) == id);
        Assert.Equal(200, (await host.Root.GetAsync($"/api/companies/{id}")).Status);
    }

    [Fact]
    public async Task Users_are_registered_listed_changed_and_deleted()
    {
        var tenant = await host.MakeTenantAsync();
        var email = host.Unique("new-") + "@siaga.test";
        var made = await tenant.Admin.PostAsync("/api/register", new { email, password = "a good long password", role = "user" });
        Assert.Equal(201, made.Status);
        Expect.Problem(
            await tenant.Admin.PostAsync(
                "/api/register", new { email = email.ToUpperInvariant(), password = "a good long password", role = "user" }),
            409,
            "email_taken");
        var id = Expect.Id(made.Json);
        var changed = await tenant.Admin.PutAsync($"/api/users/{id}", new { name = "Budi", company_id = $"{tenant.CompanyId}" });
        Assert.Equal(200, changed.Status);
        Assert.Equal(email, changed.Json.GetProperty("email").GetString());

        var users = await tenant.User.GetAsync($"/api/users?company_id={tenant.CompanyId}");
        var item = Expect.Items(users).Single(u => Expect.Id(u) == id);
        Expect.Fields(item, ("id", Number), ("email", Text), ("company_id", Number), ("role", Text), ("name", Text));
        Assert.DoesNotContain("password", users.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hash", users.Text, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(200, (await tenant.Admin.DeleteAsync($"/api/users/{id}")).Status);
        Expect.Problem(await tenant.Admin.GetAsync($"/api/users/{id}"), 404, "user_not_found");
        Assert.Equal(
            201, (await tenant.Admin.PostAsync("/api/register", new { email, password = "a good long password", role = "user" })).Status);
    }

    [Fact]
    public async Task A_phone_says_where_pushes_reach_it_and_takes_it_back()
    {
        var tenant = await host.MakeTenantAsync();
        Assert.Equal(200, (await tenant.User.PostAsync("/api/users/fcm-token", new { fcm_token = "phone-1" })).Status);
        Assert.Equal(200, (await tenant.User.PostAsync("/api/users/fcm-token", new { fcm_token = "phone-2" })).Status);
        Assert.Equal(200, (await tenant.Admin.PostAsync("/api/users/fcm-token", new { fcm_token = "phone-1" })).Status);
        Assert.Equal(200, (await tenant.User.PostAsync("/api/users/fcm-token", new { fcm_token = "" })).Status);
    }

    [Fact]
    public async Task A_camera_has_live_urls_and_keeps_what_a_change_leaves_out()
    {
        var tenant = await host.MakeTenantAsync();
        var made = await tenant.Admin.PostAsync("/api/cameras", new { name = "Lobby", location = "Lantai 1", time_zone = "Asia/Jakarta" });
        Assert.Equal(201, made.Status);
        var id = Expect.Id(made.Json, "camera_id");
        Assert.Equal($"cam{id}", made.Json.GetProperty("stream_key").GetString());
        Assert.Equal($"https://media.test:8888/cam{id}/index.m3u8", made.Json.GetProperty("hls_url").GetString());
        Assert.Equal("", made.Json.GetProperty("rtsp_url").GetString());
        Assert.Equal(200, (await tenant.Admin.PutAsync($"/api/cameras/{id}", new { name = "Lobby utama" })).Status);
        var item = Expect.Items(await tenant.User.GetAsync("/api/cameras")).Single(c => Expect.Id(c) == id);
        Expect.Fields(
            item, ("id", Number), ("name", Text), ("location", Text), ("stream_key", Text), ("hls_url", Text), ("rtsp_url", Text),
            ("webrtc_url", Text));
        Assert.Equal("Lantai 1", item.GetProperty("location").GetString());
        Assert.Equal("Asia/Jakarta", item.GetProperty("time_zone").GetString());
    }

    [Fact]
    public async Task A_stream_key_is_used_once_until_its_camera_is_archived()
    {
        var tenant = await host.MakeTenantAsync();
        var key = host.Unique("front-door-");
        var first = await tenant.Admin.PostAsync("/api/cameras", new { name = "A", stream_key = key });
        Expect.Problem(await tenant.Admin.PostAsync("/api/cameras", new { name = "B", stream_key = key }), 409, "stream_key_taken");
        Expect.Problem(await tenant.Admin.PutAsync($"/api/cameras/{tenant.CameraId}", new { stream_key = key }), 409, "stream_key_taken");
        Assert.Equal(200, (await tenant.Admin.DeleteAsync($"/api/cameras/{Expect.Id(first.Json, "camera_id")}")).Status);
        Assert.Equal(201, (await tenant.Admin.PostAsync("/api/cameras", new { name = "B", stream_key = key })).Status);
    }

    [Fact]
    public async Task Recordings_come_from_the_message_once_and_are_found_by_id_or_stream_key()
    {
        var tenant = await host.MakeTenantAsync();
        Assert.Equal(
            """[]""", (await tenant.User.GetAsync($"/api/cameras/{tenant.CameraId}/recordings")).Json.GetProperty("items").GetRawText());
        var clip = ClipOf(tenant);
        var body = JsonSerializer.SerializeToUtf8Bytes(clip, MessageJson.Options);
        Assert.Equal(Messaging.HandlingResult.Done, await host.Broker.DeliverAsync(Routes.RecordingsQueue, body));
        Assert.Equal(Messaging.HandlingResult.Done, await host.Broker.DeliverAsync(Routes.RecordingsQueue, body));
        foreach (var name in (string[])[$"{tenant.CameraId}", $"cam{tenant.CameraId}"])
        {
            var answer = await tenant.User.GetAsync(
                $"/api/cameras/{name}/recordings?from=2026-11-24T00:00:00Z&to=2026-11-25T07:00:00+07:00&presign=1");
            Assert.Equal(200, answer.Status);
            Expect.Fields(
                answer.Json, ("camera_id", Text), ("from", Text), ("to", Text), ("count", Number), ("items", JsonValueKind.Array));
            Assert.Equal(1, answer.Json.GetProperty("count").GetInt32());
            var item = Assert.Single(answer.Json.GetProperty("items").EnumerateArray().ToArray());
            Assert.EndsWith("_20261124T080000Z.mp4", item.GetProperty("key").GetString(), StringComparison.Ordinal);
            Assert.Equal(1234, item.GetProperty("size").GetInt64());
            Assert.StartsWith($"{host.Address}blobs/", item.GetProperty("url").GetString(), StringComparison.Ordinal);
        }

        var plain = await tenant.User.GetAsync(
            $"/api/cameras/{tenant.CameraId}/recordings?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z");
        Assert.False(plain.Json.GetProperty("items")[0].TryGetProperty("url", out _));
    }

    [Fact]
    public async Task A_message_that_is_no_clip_is_rejected_for_good() =>
        Assert.IsType<Messaging.HandlingResult.RejectResult>(
            await host.Broker.DeliverAsync(Routes.RecordingsQueue, Encoding.UTF8.GetBytes("{\"task_id\":1}")));

    [Fact]
    public async Task An_empty_list_is_an_empty_array()
    {
        var company = Expect.Id((await host.Root.PostAsync("/api/companies", new { name = "Empty" })).Json, "company_id");
        var user = await host.MakeUserAsync(company, "user");
        foreach (var path in (string[])["/api/cameras", "/api/anomalies", "/api/anomalies/recent?limit=100", "/api/analyses"])
            Assert.Equal("[]", (await user.GetAsync(path)).Text);
    }

    [Fact]
    public async Task Anomalies_are_filtered_and_paged_newest_first()
    {
        var tenant = await host.MakeTenantAsync();
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
            ids.Add(await host.ReportAnomalyAsync(tenant));
        ids.Reverse();
        var walked = new List<long>();
        for (var path = "/api/anomalies?limit=2&type=brawl&status=new"; path is not null;)
        {
            var page = await tenant.User.GetAsync(path);
            walked.AddRange(Expect.Items(page).Select(a => Expect.Id(a)));
            path = Expect.Next(page);
        }

        Assert.Equal(ids, walked);
        Assert.Equal(3, Expect.Items(await tenant.User.GetAsync("/api/anomalies/recent?limit=3")).Length);
        Assert.Empty(Expect.Items(await tenant.User.GetAsync("/api/anomalies?type=fire")));
        Assert.Empty(Expect.Items(await tenant.User.GetAsync("/api/anomalies?status=resolved")));
        Assert.Empty(Expect.Items(await tenant.User.GetAsync("/api/anomalies?to=2020-01-01T00:00:00Z")));
        Assert.Equal(
            5, Expect.Items(await tenant.User.GetAsync($"/api/anomalies?camera_id={tenant.CameraId}&from=2020-01-01T00:00:00Z")).Length);
        Assert.Empty(Expect.Items(await tenant.User.GetAsync("/api/anomalies?camera_id=999999")));
    }

    [Fact]
    public async Task An_analysis_is_listed_even_when_normal_or_failed_and_tells_its_windows_when_asked_alone()
    {
        var tenant = await host.MakeTenantAsync();
        var failed = BackendHost.Report(tenant, anomaly: false);
        failed["state"] = "failed";
        failed["reason"] = new { code = "clip_unreadable", message = "The clip has no video." };
        failed.Remove("model");
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", failed)).Status);
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", BackendHost.Report(tenant, anomaly: false))).Status);
        var items = Expect.Items(await tenant.User.GetAsync($"/api/analyses?camera_id={tenant.CameraId}"));
        Assert.Equal(2, items.Length);
        Expect.Fields(
            items[0], ("id", Number), ("task_id", Text), ("clip_id", Text), ("camera_id", Number), ("model", Record), ("labels", Record),
            ("anomaly", Flag), ("confidence", Number), ("received_at", Text), ("reported_at", Text));
        Assert.Equal("clip_unreadable", items[1].GetProperty("reason").GetProperty("code").GetString());
        var one = await tenant.User.GetAsync($"/api/analyses/{Expect.Id(items[0])}");
        Assert.Equal(2, one.Json.GetProperty("windows").GetArrayLength());
        Assert.Empty(Expect.Items(await tenant.User.GetAsync("/api/anomalies")));
    }

    [Fact]
    public async Task A_notification_is_tried_for_the_newest_anomaly_or_the_one_that_is_named()
    {
        var tenant = await host.MakeTenantAsync();
        var none = await tenant.User.PostAsync("/api/notifications/test");
        Assert.Equal(200, none.Status);
        Expect.Fields(
            none.Json, ("ok", Flag), ("anomaly_id", Number), ("camera_id", Number), ("company_id", Number), ("tokens_count", Number));
        Assert.False(none.Json.GetProperty("ok").GetBoolean());

        var first = await host.ReportAnomalyAsync(tenant);
        var second = await host.ReportAnomalyAsync(tenant);
        await tenant.User.PostAsync("/api/users/fcm-token", new { fcm_token = host.Unique("phone-") });
        using var listener = await Listener.OpenAsync(tenant.Admin);
        var newest = await tenant.User.PostAsync("/api/notifications/test");
        Assert.Equal(second, Expect.Id(newest.Json, "anomaly_id"));
        Assert.Equal(tenant.CameraId, Expect.Id(newest.Json, "camera_id"));
        Assert.Equal(tenant.CompanyId, Expect.Id(newest.Json, "company_id"));
        Assert.Equal(1, Expect.Id(newest.Json, "tokens_count"));
        Assert.Equal(
            first, Expect.Id((await tenant.User.PostAsync("/api/notifications/test", new { anomaly_id = first })).Json, "anomaly_id"));
        var heard = await listener.NextAsync();
        Assert.Equal("notification_test", heard.Name);
        Assert.Equal(second, Expect.Id(heard.Data, "anomaly_id"));
    }

    [Fact]
    public async Task One_company_one_user_and_one_camera_are_an_item_of_their_list()
    {
        var tenant = await host.MakeTenantAsync();
        var user = Expect.Id(tenant.User.Session.GetProperty("user"));
        foreach (var (who, list, id) in ((Client, string, long)[])[
            (host.Root, "companies", tenant.CompanyId), (tenant.User, "users", user), (tenant.User, "cameras", tenant.CameraId)])
        {
            var listed = Expect.Items(await who.GetAsync($"/api/{list}?limit=200")).Single(i => Expect.Id(i) == id);
            var one = await who.GetAsync($"/api/{list}/{id}");
            Assert.Equal(200, one.Status);
            Assert.Equal(listed.GetRawText(), one.Json.GetRawText());
        }
    }

    [Fact]
    public async Task Every_list_is_bounded_and_leads_to_its_next_page()
    {
        var tenant = await host.MakeTenantAsync();
        await host.ReportAnomalyAsync(tenant);
        await host.ReportAnomalyAsync(tenant);
        await tenant.Admin.PostAsync("/api/cameras", new { name = "Second" });
        await host.MakeTenantAsync();
        await WholeHost.MakeKeyAsync(tenant.Admin, tenant.CameraId);
        await WholeHost.MakeKeyAsync(tenant.Admin, tenant.CameraId);
        foreach (var name in (string[])["one", "two"])
        {
            await tenant.Admin.PostAsync("/api/worker-tokens", new { name });
            await host.Root.PostAsync("/api/invitations", new { email = host.Unique(name) + "@siaga.test" });
        }

        foreach (var (who, path) in ((Client, string)[])[
            (tenant.User, "users"), (host.Root, "companies"), (tenant.User, "cameras"), (tenant.Admin, $"cameras/{tenant.CameraId}/keys"),
            (tenant.User, "anomalies"), (tenant.User, "anomalies/recent"), (tenant.User, "analyses"), (tenant.Admin, "audit"),
            (tenant.Admin, "worker-tokens"), (host.Root, "invitations")])
        {
            var first = await who.GetAsync($"/api/{path}?limit=1");
            var item = Assert.Single(Expect.Items(first));
            var next = Expect.Next(first);
            Assert.True(next is not null, path);
            var other = Assert.Single(Expect.Items(await who.GetAsync(next)));
            Assert.NotEqual(Expect.Id(item), Expect.Id(other));
            Assert.InRange(Expect.Items(await who.GetAsync($"/api/{path}?limit=100000")).Length, 1, 200);
        }
    }

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("X-Camera-Key", "")]
    public async Task A_camera_uploads_with_its_key_and_follows_its_clip(string header, string before)
    {
        var tenant = await host.MakeTenantAsync();
        var (_, key) = await WholeHost.MakeKeyAsync(tenant.Admin, tenant.CameraId);
        var camera = new Client(host, (header, before + key));
        var name = Guid.NewGuid().ToString();
        var clip = WholeHost.Clip(name);
        var taken = await host.UploadAsync(camera, $"{tenant.CameraId}", clip, name);
        Assert.Equal(202, taken.Status);
        Expect.Fields(taken.Json, ("clip_id", Text), ("status_url", Text));
        var again = await host.UploadAsync(camera, null, clip, name);
        Assert.Equal(202, again.Status);
        Assert.Equal(taken.Text, again.Text);
        foreach (var who in (Client[])[camera, tenant.User])
        {
            var status = await who.GetAsync(taken.Json.GetProperty("status_url").GetString()!);
            Assert.Equal(200, status.Status);
            Expect.Fields(
                status.Json, ("clip_id", Text), ("camera_id", Number), ("state", Text), ("received_at", Text), ("sha256", Text),
                ("size", Number));
            Assert.Contains(status.Json.GetProperty("state").GetString(), (string[])["stored", "queued"]);
        }

        var other = await host.MakeTenantAsync();
        Expect.Problem(await other.User.GetAsync(taken.Json.GetProperty("status_url").GetString()!), 404, "clip_not_found");
        Expect.Problem(await host.UploadAsync(camera, $"{other.CameraId}"), 404, "camera_not_found");
    }

    internal static ClipStored ClipOf(Tenant tenant)
    {
        var clip = Guid.CreateVersion7().ToString();
        return new ClipStored
        {
            TaskId = $"task-{clip}",
            ClipId = clip,
            CameraId = $"{tenant.CameraId}",
            CompanyId = tenant.CompanyId,
            VideoPath = $"{tenant.CompanyId}/{tenant.CameraId}/2026/11/24/{clip}_20261124T080000Z.mp4",
            OriginalFilename = "clip.mp4",
            Sha256 = new string('a', 64),
            Size = 1234,
            CapturedAt = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero),
            ReceivedAt = new DateTimeOffset(2026, 11, 24, 8, 0, 5, TimeSpan.Zero),
        };
    }

    private static JsonElement ClaimsOf(string token)
    {
        var part = token.Split('.')[1];
        return JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(part)).RootElement;
    }
}
