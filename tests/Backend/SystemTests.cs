using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Siaga.Messaging;

namespace Siaga.Tests.Backend;

/// <summary>What an operator sees: parts, workers, queues, dead letters, and how long clips take.</summary>
public sealed class SystemTests : IAsyncLifetime
{
    private readonly BackendHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_worker_that_says_it_lives_is_in_the_report_until_it_is_silent()
    {
        Assert.Equal((false, "never seen"), await PartAsync(_host.Root, "ai_worker"));
        await BeatAsync(_host.Worker, "workers", "one", ready: true);
        Assert.Equal((true, "ok"), await PartAsync(_host.Root, "ai_worker"));
        await BeatAsync(_host.Worker, "workers", "two", ready: false);
        Assert.Equal((true, "1 of 2 ready: The broker is away."), await PartAsync(_host.Root, "ai_worker"));
        await BeatAsync(_host.Worker, "workers", "one", ready: false);
        Assert.False((await PartAsync(_host.Root, "ai_worker")).Ok);
        await BeatAsync(_host.Worker, "workers", "one", ready: true);
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        var (ok, status) = await PartAsync(_host.Root, "ai_worker");
        Assert.False(ok);
        Assert.StartsWith("not seen since 20", status, StringComparison.Ordinal);
        Assert.Equal((false, "never seen"), await PartAsync(_host.Root, "ingestion"));
        await BeatAsync(_host.Ingestion, "ingestions", "door", ready: true);
        Assert.Equal((true, "ok"), await PartAsync(_host.Root, "ingestion"));
    }

    [Fact]
    public async Task Only_a_superadmin_is_told_why_and_of_which_process()
    {
        await BeatAsync(_host.Worker, "workers", "secret-host/7", ready: false);
        var tenant = await _host.MakeTenantAsync();
        Assert.Contains("secret-host/7", (await _host.Root.GetAsync("/api/health/report")).Text, StringComparison.Ordinal);
        var told = await tenant.Admin.GetAsync("/api/health/report");
        Assert.DoesNotContain("secret-host", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("broker is away", told.Text, StringComparison.Ordinal);
        Assert.Equal((false, "not ok"), await PartAsync(tenant.Admin, "ai_worker"));
    }

    [Fact]
    public async Task A_broker_that_answers_and_takes_nothing_is_not_ok_and_says_why_to_superadmins()
    {
        Assert.Equal((true, "ok"), await PartAsync(_host.Root, "rabbitmq"));
        _host.Broker.Block = "its alarm: low on disk";
        Assert.Equal((false, "takes no messages: its alarm: low on disk"), await PartAsync(_host.Root, "rabbitmq"));
        var tenant = await _host.MakeTenantAsync();
        Assert.Equal((false, "not ok"), await PartAsync(tenant.Admin, "rabbitmq"));

        // Messages wait in the outbox, so the Backend can still do its work.
        Assert.Equal(200, (await _host.Anonymous.GetAsync("/healthz/ready")).Status);
    }

    [Fact]
    public async Task A_broker_that_hangs_costs_the_report_two_seconds_and_no_more()
    {
        _host.Broker.Hangs = true;
        var clock = Stopwatch.StartNew();
        Assert.Equal((false, "does not answer"), await PartAsync(_host.Root, "rabbitmq"));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Equal((true, "ok"), await PartAsync(_host.Root, "database"));
        Expect.Problem(await _host.Root.GetAsync("/api/system/queues"), 503, "broker_unavailable");
    }

    [Fact]
    public async Task Workers_are_listed_by_their_word_and_by_their_reports()
    {
        var tenant = await _host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        report["worker"] = "in-python";
        Assert.Equal(201, (await _host.Worker.PostAsync("/api/analyses", report)).Status);
        report = BackendHost.Report(tenant);
        report["worker"] = "ours";
        Assert.Equal(201, (await _host.Worker.PostAsync("/api/analyses", report)).Status);
        await BeatAsync(_host.Worker, "workers", "ours", ready: true);
        var token = (await tenant.Admin.PostAsync("/api/worker-tokens", new { name = "t" })).Json.GetProperty("token").GetString()!;
        await BeatAsync(new Client(_host, ("X-Worker-Token", token)), "workers", "theirs", ready: true);
        var workers = Expect.Items(await _host.Root.GetAsync("/api/system/workers"));
        Assert.Equal(["in-python", "ours", "theirs"], workers.Select(w => w.GetProperty("worker").GetString()));
        Assert.Equal([1, 1, 0], workers.Select(w => w.GetProperty("clips_last_hour").GetInt32()));
        Assert.False(workers[0].TryGetProperty("version", out _));
        Assert.Equal("1.2.3", workers[1].GetProperty("version").GetString());
        Assert.True(workers[1].TryGetProperty("last_analysis_at", out _));
        Assert.False(workers[2].TryGetProperty("last_analysis_at", out _));
        Assert.Equal(tenant.CompanyId, workers[2].GetProperty("company_id").GetInt64());
    }

    [Theory]
    [InlineData("{\"name\":\"\",\"version\":\"1\",\"ready\":true}")]
    [InlineData("{\"name\":null,\"version\":\"1\",\"ready\":true}")]
    [InlineData("{\"version\":\"1\",\"ready\":true}")]
    public async Task A_word_without_a_name_is_refused(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        Expect.Problem(await _host.Worker.SendAsync(HttpMethod.Post, "/internal/workers/heartbeat", content), 400);
    }

    [Fact]
    public async Task Dead_letters_are_listed_in_pages_replayed_and_dropped_and_who_did_it_is_written_down()
    {
        for (var i = 1; i <= 5; i++)
            Die(i, i < 5 ? "siaga.analysis" : "siaga.recordings", """{"clip_id":"c1","camera_id":"9","company_id":7}""");
        Die(1L << 60, "siaga.analysis", "no json");
        var first = await _host.Root.GetAsync("/api/system/dead?queue=siaga.analysis&limit=3");
        Assert.Equal(["1", "2", "3"], Ids(first));
        var item = first.Json[0];
        Assert.Equal(
            ("clip.stored", "clip_gone", "c1", 9L, 7L),
            (item.GetProperty("type").GetString(), item.GetProperty("code").GetString(), item.GetProperty("clip_id").GetString(),
                item.GetProperty("camera_id").GetInt64(), item.GetProperty("company_id").GetInt64()));
        var second = await _host.Root.GetAsync(Expect.Next(first)!);
        Assert.Equal(["4", "1152921504606846976"], Ids(second));
        Assert.Equal("no json", second.Json[1].GetProperty("body").GetString());
        Assert.Null(Expect.Next(second));

        Assert.Equal(204, (await _host.Root.PostAsync("/api/system/dead/2/replay")).Status);
        Assert.Equal(204, (await _host.Root.DeleteAsync("/api/system/dead/3")).Status);
        Expect.Problem(await _host.Root.DeleteAsync("/api/system/dead/3"), 404, "dead_letter_not_found");
        Assert.Equal(
            3, (await _host.Root.PostAsync("/api/system/dead/replay?queue=siaga.analysis")).Json.GetProperty("replayed").GetInt32());
        Assert.Equal([2, 1, 4, 1L << 60], _host.Broker.Replayed);
        Assert.Equal(["5"], Ids(await _host.Root.GetAsync("/api/system/dead")));
        var written = Expect.Items(await _host.Root.GetAsync("/api/audit?limit=10"))
            .Select(e => $"{e.GetProperty("action").GetString()} {e.GetProperty("target").GetString()}")
            .Where(e => e.StartsWith("dead", StringComparison.Ordinal));
        Assert.Equal(
            [
                "dead_letter.replayed dead/1152921504606846976", "dead_letter.replayed dead/4", "dead_letter.replayed dead/1",
                "dead_letter.dropped dead/3", "dead_letter.replayed dead/2",
            ],
            written);
    }

    [Fact]
    public async Task Queues_tell_how_full_they_are()
    {
        Die(1, "siaga.analysis", "{}");
        var queue = Assert.Single(Expect.Items(await _host.Root.GetAsync("/api/system/queues")));
        Assert.Equal("""{"queue":"siaga.analysis","depth":3,"in_hand":1,"oldest_age_seconds":2.5,"dead":1}""", queue.GetRawText());
    }

    [Fact]
    public async Task Latency_is_told_by_time_and_of_the_own_company_only()
    {
        var (mine, other) = (await _host.MakeTenantAsync(), await _host.MakeTenantAsync());
        var now = _host.Time.GetUtcNow();
        for (var i = 1; i <= 100; i++)
            await ReportAsync(mine, TimeSpan.FromSeconds(i / 10.0));
        await ReportAsync(other, TimeSpan.FromHours(1));
        var own = Assert.Single(Expect.Items(await mine.User.GetAsync(
            "/api/system/latency?bucket=86400&from=" + Time(now.AddMinutes(-1)) + "&to=" + Time(now.AddMinutes(10)))));
        Assert.Equal(100, own.GetProperty("count").GetInt32());

        // Delivering the report takes time too.
        Assert.InRange(own.GetProperty("p50_seconds").GetDouble(), 4.9, 8);
        Assert.InRange(own.GetProperty("p95_seconds").GetDouble(), 9.3, 15);
        Assert.InRange(own.GetProperty("p99_seconds").GetDouble(), own.GetProperty("p95_seconds").GetDouble(), 15);
        var all = Assert.Single(Expect.Items(await _host.Root.GetAsync("/api/system/latency?bucket=86400")));
        Assert.Equal(101, all.GetProperty("count").GetInt32());
        var camera = Assert.Single(Expect.Items(await _host.Root.GetAsync($"/api/system/latency?bucket=86400&camera_id={other.CameraId}")));
        Assert.InRange(camera.GetProperty("p50_seconds").GetDouble(), 3500, 3700);
        Assert.Empty(Expect.Items(await mine.User.GetAsync($"/api/system/latency?camera_id={other.CameraId}")));
        Expect.Problem(await mine.User.GetAsync("/api/system/latency?bucket=59"), 400);
        Expect.Problem(await mine.User.GetAsync("/api/system/latency?bucket=60&from=2020-01-01T00:00:00Z"), 400, "too_many_points");
    }

    [Fact]
    public async Task Latency_that_was_asked_for_before_is_told_again_with_what_came_since()
    {
        var mine = await _host.MakeTenantAsync();
        var from = _host.Time.GetUtcNow();
        for (var minute = 0; minute < 6; minute++)
        {
            await ReportAsync(mine, TimeSpan.FromSeconds(minute + 1));
            _host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var first = await TellAsync();
        Assert.Equal(6, first.Sum(p => p.GetProperty("count").GetInt32()));
        Assert.Equal(first.Select(p => p.GetRawText()), (await TellAsync()).Select(p => p.GetRawText()));
        await ReportAsync(mine, TimeSpan.FromSeconds(90));
        var later = await TellAsync();
        Assert.Equal(7, later.Sum(p => p.GetProperty("count").GetInt32()));
        Assert.InRange(later[^1].GetProperty("p99_seconds").GetDouble(), 80, 100);
        Assert.Equal(first.Take(4).Select(p => p.GetRawText()), later.Take(4).Select(p => p.GetRawText()));

        // From the middle of a minute on, and for another company.
        from = from.AddSeconds(90);
        Assert.InRange((await TellAsync()).Sum(p => p.GetProperty("count").GetInt32()), 5, 6);
        Assert.Empty(Expect.Items(await (await _host.MakeTenantAsync()).User.GetAsync("/api/system/latency?bucket=60")));

        async Task<IReadOnlyList<JsonElement>> TellAsync() => [.. Expect.Items(await mine.User.GetAsync(
            $"/api/system/latency?bucket=60&from={Time(from)}&to={Time(_host.Time.GetUtcNow().AddMinutes(1))}"))];
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<string?> Ids(Answer answer) => Expect.Items(answer).Select(i => i.GetProperty("id").GetString());

    private async Task ReportAsync(Tenant tenant, TimeSpan ago)
    {
        var report = BackendHost.Report(tenant, anomaly: false);
        report["received_at"] = (_host.Time.GetUtcNow() - ago).ToString("O", CultureInfo.InvariantCulture);
        Assert.Equal(201, (await _host.Worker.PostAsync("/api/analyses", report)).Status);
    }

    private void Die(long id, string queue, string body) => _host.Broker.Dead[id] = new DeadLetter(
        id, $"m{id}", queue, System.Text.Encoding.UTF8.GetBytes(body), "clip_gone", "The clip is gone.", 1,
        DateTimeOffset.UnixEpoch.AddSeconds(Math.Min(id, 9)));

    private static async Task BeatAsync(Client client, string services, string name, bool ready) =>
        Assert.Equal(204, (await client.PostAsync(
        $"/internal/{services}/heartbeat", new { name, version = "1.2.3", ready, status = ready ? null : "The broker is away." })).Status);

    private static async Task<(bool Ok, string? Status)> PartAsync(Client client, string part)
    {
        JsonElement state = (await client.GetAsync("/api/health/report")).Json.GetProperty(part);
        return (state.GetProperty("ok").GetBoolean(), state.GetProperty("status").GetString());
    }
}
