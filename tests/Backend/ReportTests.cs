using Siaga.Messages;

namespace Siaga.Tests.Backend;

public sealed class ReportTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task A_report_told_many_times_at_once_is_stored_once_and_never_fails()
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => host.Worker.PostAsync("/api/analyses", report)));
        Assert.Equal(1, answers.Count(a => a.Status == 201));
        Assert.Equal(15, answers.Count(a => a.Status == 200));
        Assert.Single(answers.Select(a => a.Json.GetProperty("anomaly_id").GetInt64()).Distinct());
        Assert.Single(Expect.Items(await tenant.User.GetAsync("/api/anomalies")));
        Assert.Single(Expect.Items(await tenant.User.GetAsync("/api/analyses")));
        var id = $"analysis-{report["task_id"]}";
        await Eventually.TrueAsync("the message is published", () => host.Broker.Published.Any(m => m.Id == id));
        var message = Assert.Single(host.Broker.Published, m => m.Id == id);
        Assert.Equal(Routes.AnalysisRecorded, message.Topic);
        Assert.Equal($"{tenant.CompanyId}", message.Group);
        var recorded = System.Text.Json.JsonSerializer.Deserialize<AnalysisRecorded>(message.Body.Span, MessageJson.Options)!;
        Assert.Equal(report["clip_id"], recorded.ClipId);
        Assert.Equal("analysed", recorded.State);
    }

    [Fact]
    public async Task The_message_of_a_result_does_not_wait_for_the_relays_next_look()
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        var id = $"analysis-{report["task_id"]}";
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", report)).Status);
        var answered = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync("the message is published", () => host.Broker.Published.Any(m => m.Id == id));

        // Without the signal the relay would only poll once a second.
        Assert.InRange(TimeProvider.System.GetElapsedTime(answered), TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task A_report_wants_a_worker()
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        Expect.Problem(await host.Anonymous.PostAsync("/api/analyses", report), 401);
        Expect.Problem(await new Client(host, ("X-Worker-Token", "wrong")).PostAsync("/api/analyses", report), 401);
        Expect.Problem(await tenant.Admin.PostAsync("/api/analyses", report), 403);
        Expect.Problem(await host.Root.PostAsync("/api/report-anomaly", report), 403);
        Expect.Problem(await host.Ingestion.PostAsync("/api/analyses", report), 403);
        Assert.Equal(
            201,
            (await new Client(host, ("Authorization", $"Bearer {BackendHost.WorkerToken}")).PostAsync("/api/analyses", report)).Status);
        Expect.Problem(await host.Worker.GetAsync("/api/anomalies"), 403);
    }

    [Fact]
    public async Task A_report_for_a_camera_of_another_company_is_refused_and_for_an_archived_one_taken()
    {
        var tenant = await host.MakeTenantAsync();
        var other = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        report["company_id"] = other.CompanyId;
        Expect.Problem(await host.Worker.PostAsync("/api/analyses", report), 404, "camera_not_found");
        Assert.Equal(200, (await tenant.Admin.DeleteAsync($"/api/cameras/{tenant.CameraId}")).Status);
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", BackendHost.Report(tenant))).Status);
        Assert.Single(Expect.Items(await tenant.User.GetAsync("/api/anomalies")));
    }

    [Theory]
    [InlineData("confidence", 1.5)]
    [InlineData("confidence", "high")]
    [InlineData("task_id", "")]
    [InlineData("task_id", null)]
    [InlineData("task_id", "a\u0000b")]
    [InlineData("storage_key", "../../etc/passwd")]
    [InlineData("storage_key", "1/../2.mp4")]
    [InlineData("storage_key", "/1/2.mp4")]
    [InlineData("sha256", "ABC")]
    [InlineData("state", "maybe")]
    [InlineData("state", 0)]
    [InlineData("state", "failed")]
    [InlineData("label", null)]
    [InlineData("labels", null)]
    [InlineData("labels", "brawl")]
    [InlineData("frames", -1)]
    [InlineData("captured_at", "yesterday")]
    [InlineData("camera_id", "gate")]
    public async Task A_malformed_report_is_refused_for_good(string field, object? value)
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        report[field] = value;
        Expect.Problem(await host.Worker.PostAsync("/api/analyses", report), 400);
        Assert.Empty(Expect.Items(await tenant.User.GetAsync("/api/analyses")));
    }

    [Fact]
    public async Task A_worker_in_another_language_is_answered_exactly_200_and_may_repeat_its_task()
    {
        var tenant = await host.MakeTenantAsync();
        var key = await PutClipAsync(tenant);
        var task = host.Unique("outside-");
        var body = new
        {
            camera_id = tenant.CameraId,
            anomaly_type = "fire",
            confidence = 0.8,
            video_clip_url = $"https://s3.test/bucket/{key}?X-Amz-Signature=1",
            task_id = task,
        };
        var first = await host.Worker.PostAsync("/api/report-anomaly", body);
        Assert.Equal(200, first.Status);
        var again = await host.Worker.PostAsync("/api/report-anomaly", body);
        Assert.Equal(200, again.Status);
        Assert.Equal(first.Json.GetProperty("anomaly_id").GetInt64(), again.Json.GetProperty("anomaly_id").GetInt64());
        var withoutTask =
            new { camera_id = $"{tenant.CameraId}", anomaly_type = "fire", confidence = 0.8, video_clip_url = key, extra = "ignored" };
        Assert.Equal(200, (await host.Worker.PostAsync("/api/report-anomaly", withoutTask)).Status);
        var items = Expect.Items(await tenant.User.GetAsync("/api/anomalies?type=fire"));
        Assert.Equal(2, items.Length);
        Assert.Contains(key, items[0].GetProperty("video_clip_url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_of_another_camera_cannot_be_made_readable_by_reporting_it()
    {
        var tenant = await host.MakeTenantAsync();
        var other = await host.MakeTenantAsync();
        var foreign = await PutClipAsync(other);
        foreach (var url in (string[])
        [
            foreign, $"/{foreign}", $"https://s3.test/{foreign}", $"{tenant.CompanyId}/{tenant.CameraId}/../../{foreign}",
            $"https://s3.test/{tenant.CompanyId}/{tenant.CameraId}/../../{foreign}", $"{tenant.CompanyId}/{tenant.CameraId}/missing.mp4",
            $"{tenant.CompanyId}/{tenant.CameraId}//{foreign}", "file:///etc/passwd", "https://elsewhere.test/x.mp4",
        ])
        {
            var answer = await host.Worker.PostAsync(
                "/api/report-anomaly", new { camera_id = tenant.CameraId, anomaly_type = "fire", confidence = 0.8, video_clip_url = url });
            Expect.Problem(answer, 404, "clip_not_found");
        }

        Assert.Empty(Expect.Items(await tenant.User.GetAsync("/api/anomalies")));
    }

    [Fact]
    public async Task An_anomaly_is_acknowledged_and_resolved_with_who_when_and_why()
    {
        var tenant = await host.MakeTenantAsync();
        var id = await host.ReportAnomalyAsync(tenant);
        var taken = await tenant.User.PostAsync($"/api/anomalies/{id}/acknowledge", new { note = "on my way" });
        Assert.Equal(200, taken.Status);
        Assert.Equal("acknowledged", taken.Json.GetProperty("status").GetString());
        Assert.Equal("on my way", taken.Json.GetProperty("acknowledge_note").GetString());
        var by = taken.Json.GetProperty("acknowledged_by").GetInt64();
        var second = await tenant.Admin.PostAsync($"/api/anomalies/{id}/acknowledge");
        Assert.Equal(by, second.Json.GetProperty("acknowledged_by").GetInt64());

        Expect.Problem(await tenant.User.PostAsync($"/api/anomalies/{id}/resolve", new { resolution = "perhaps" }), 400);
        Expect.Problem(await tenant.User.PostAsync($"/api/anomalies/{id}/resolve", new { note = "?" }), 400);
        var done = await tenant.Admin.PostAsync($"/api/anomalies/{id}/resolve", new { resolution = "false_alarm", note = "a cat" });
        Assert.Equal(200, done.Status);
        Assert.Equal("resolved", done.Json.GetProperty("status").GetString());
        Assert.Equal("false_alarm", done.Json.GetProperty("resolution").GetString());
        Expect.Fields(
            done.Json, ("resolved_by", System.Text.Json.JsonValueKind.Number), ("resolved_at", System.Text.Json.JsonValueKind.String));
        Assert.Equal(200, (await tenant.User.PostAsync($"/api/anomalies/{id}/resolve", new { resolution = "false_alarm" })).Status);
        Expect.Problem(await tenant.User.PostAsync($"/api/anomalies/{id}/resolve", new { resolution = "confirmed" }), 409);
        Expect.Problem(await tenant.User.PostAsync($"/api/anomalies/{id}/acknowledge"), 409);
    }

    private Task<string> PutClipAsync(Tenant tenant)
    {
        var key = ContractTests.ClipOf(tenant).VideoPath;
        host.Blobs.Put(key, [1, 2, 3]);
        return Task.FromResult(key);
    }
}
