using System.Text.Json;
using Siaga.Messages;

namespace Siaga.Tests.Backend;

/// <summary>A camera's day in its own time zone, with its gaps and its findings.</summary>
public sealed class DayTests(BackendHost host) : IClassFixture<BackendHost>
{
    private static readonly TimeSpan s_clip = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("Asia/Jakarta", "2026-03-08", "2026-03-07T17:00:00Z", 24)]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", 23)]
    [InlineData("America/New_York", "2026-03-09", "2026-03-09T04:00:00Z", 24)]
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T04:00:00Z", 25)]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", 25)]
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", 23)]
    [InlineData("Africa/Cairo", "2026-10-29", "2026-10-28T21:00:00Z", 25)]
    [InlineData("UTC", "2026-11-24", "2026-11-24T00:00:00Z", 24)]
    public async Task A_day_begins_and_ends_by_the_clock_on_the_cameras_wall(string zone, string date, string from, int hours)
    {
        var (tenant, camera) = await CameraAsync(zone);
        var day = await DayAsync(tenant, camera, date);
        Assert.Equal(date, day.GetProperty("date").GetString());
        Assert.Equal(zone, day.GetProperty("time_zone").GetString());
        Assert.Equal(DateTimeOffset.Parse(from), day.GetProperty("from").GetDateTimeOffset());
        Assert.Equal(hours, (day.GetProperty("to").GetDateTimeOffset() - day.GetProperty("from").GetDateTimeOffset()).TotalHours);
    }

    [Theory]
    [InlineData("2026-03-29", 23 * 6)]
    [InlineData("2026-10-25", 25 * 6)]
    public async Task A_camera_that_never_missed_a_clip_has_no_gap_on_the_days_when_clocks_change(string date, int clips)
    {
        var (tenant, camera) = await CameraAsync("Europe/Berlin");
        var from = (await DayAsync(tenant, camera, date)).GetProperty("from").GetDateTimeOffset();
        for (var i = -1; i <= clips; i++)
            await KeepAsync(tenant, camera, from.AddMinutes(10 * i));
        var day = await DayAsync(tenant, camera, date);
        Assert.Empty(day.GetProperty("gaps").EnumerateArray());

        // The clip before midnight, whose length is not known yet, ends where the next one starts: that is outside the day.
        Assert.Equal(clips, day.GetProperty("clips").GetArrayLength());
        Assert.Equal(from, day.GetProperty("clips")[0].GetProperty("from").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_gap_is_longer_than_twice_the_usual_interval_and_nothing_shorter_is()
    {
        var (tenant, camera) = await CameraAsync("UTC");
        var noon = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 20; i++)
            await KeepAsync(tenant, camera, noon.AddMinutes(i), report: "normal");
        var late = noon.AddMinutes(19).Add(s_clip).AddMinutes(2);
        await KeepAsync(tenant, camera, late, report: "normal");
        var later = late.Add(s_clip).AddMinutes(2).AddSeconds(1);
        await KeepAsync(tenant, camera, later, report: "normal");
        var gaps = (await DayAsync(tenant, camera, "2026-11-20")).GetProperty("gaps").EnumerateArray()
            .Select(g => (g.GetProperty("from").GetDateTimeOffset(), g.GetProperty("to").GetDateTimeOffset())).ToList();
        Assert.Equal(
            [(late.Add(s_clip), later), (later.Add(s_clip), new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero))],
            gaps);
    }

    [Fact]
    public async Task A_day_says_what_came_of_each_clip_and_where_in_it_the_anomaly_is()
    {
        var (tenant, camera) = await CameraAsync("UTC");
        var noon = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
        string?[] reports = [null, "normal", "anomaly", "failed"];
        for (var i = 0; i < reports.Length; i++)
            await KeepAsync(tenant, camera, noon.AddSeconds(10 * i), reports[i]);
        var day = await DayAsync(tenant, camera, "2026-11-21");
        Assert.Equal(
            ["waiting", "normal", "anomaly", "failed"],
            day.GetProperty("clips").EnumerateArray().Select(c => c.GetProperty("state").GetString()!));
        Assert.All(day.GetProperty("clips").EnumerateArray(), c => Assert.Equal(
            s_clip, c.GetProperty("to").GetDateTimeOffset() - c.GetProperty("from").GetDateTimeOffset()));
        var anomaly = Assert.Single(day.GetProperty("anomalies").EnumerateArray().ToArray());
        Assert.Equal(noon.AddSeconds(22), anomaly.GetProperty("from").GetDateTimeOffset());
        Assert.Equal(noon.AddSeconds(24), anomaly.GetProperty("to").GetDateTimeOffset());
        Assert.Equal(("brawl", "new"), (anomaly.GetProperty("anomaly_type").GetString(), anomaly.GetProperty("status").GetString()));
        Assert.Equal(200, (await tenant.User.GetAsync($"/api/anomalies/{Expect.Id(anomaly)}")).Status);
        Assert.Empty((await DayAsync(tenant, camera, "2026-11-22")).GetProperty("clips").EnumerateArray());
    }

    [Fact]
    public async Task A_clip_over_midnight_is_in_both_days()
    {
        var (tenant, camera) = await CameraAsync("Asia/Jakarta");
        var midnight = new DateTimeOffset(2026, 11, 20, 17, 0, 0, TimeSpan.Zero);
        await KeepAsync(tenant, camera, midnight.AddSeconds(-3), report: "anomaly");
        foreach (var date in (string[])["2026-11-20", "2026-11-21"])
        {
            var day = await DayAsync(tenant, camera, date);
            Assert.Equal(
                midnight.AddSeconds(-3),
                Assert.Single(day.GetProperty("clips").EnumerateArray().ToArray()).GetProperty("from").GetDateTimeOffset());
            Assert.Single(day.GetProperty("anomalies").EnumerateArray().ToArray());
        }
    }

    [Fact]
    public async Task Today_is_the_default_and_has_no_gap_in_the_future_nor_before_the_camera_was_there()
    {
        var (tenant, camera) = await CameraAsync("Asia/Jakarta");
        host.Time.Advance(TimeSpan.FromMinutes(10));
        var now = host.Time.GetUtcNow();
        var day = (await tenant.User.GetAsync($"/api/cameras/{camera}/day")).Json;
        Assert.InRange(now, day.GetProperty("from").GetDateTimeOffset(), day.GetProperty("to").GetDateTimeOffset());
        var gap = Assert.Single(day.GetProperty("gaps").EnumerateArray().ToArray());
        Assert.InRange(gap.GetProperty("from").GetDateTimeOffset(), now - TimeSpan.FromMinutes(11), now);
        Assert.InRange(gap.GetProperty("to").GetDateTimeOffset(), now, now + TimeSpan.FromMinutes(1));
        Assert.Empty((await DayAsync(tenant, camera, "2030-01-01")).GetProperty("gaps").EnumerateArray());
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-02-30")]
    [InlineData("2026-11-24T00:00:00Z")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public async Task What_is_no_date_is_refused(string date)
    {
        var (tenant, camera) = await CameraAsync("Asia/Jakarta");
        Expect.Problem(await tenant.User.GetAsync($"/api/cameras/{camera}/day?date={date}"), 400, "date_invalid");
    }

    [Fact]
    public async Task A_clip_is_shown_with_a_url_that_plays_it_and_its_length_once_it_was_looked_at()
    {
        var (tenant, camera) = await CameraAsync("UTC");
        var clip = await KeepAsync(tenant, camera, new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
        var shown = await tenant.User.GetAsync($"/api/clips/{clip.ClipId}");
        Assert.Equal(200, shown.Status);
        Assert.Equal(
            (clip.ClipId, camera, 1234, clip.Sha256),
            (shown.Json.GetProperty("clip_id").GetString(), shown.Json.GetProperty("camera_id").GetInt64(),
                shown.Json.GetProperty("size").GetInt64(), shown.Json.GetProperty("sha256").GetString()));
        Assert.StartsWith($"{host.Address}blobs/{clip.VideoPath}?", shown.Json.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.False(shown.Json.TryGetProperty("duration_seconds", out _));
        await ReportAsync(tenant, camera, clip, "normal");
        Assert.Equal(10, (await tenant.User.GetAsync($"/api/clips/{clip.ClipId}")).Json.GetProperty("duration_seconds").GetDouble());
        Expect.Problem(await tenant.User.GetAsync("/api/clips/no-such-clip"), 404, "clip_not_found");
        Expect.Problem(await (await host.MakeTenantAsync()).User.GetAsync($"/api/clips/{clip.ClipId}"), 404, "clip_not_found");
    }

    private async Task<(Tenant Tenant, long Camera)> CameraAsync(string zone)
    {
        var tenant = await host.MakeTenantAsync();
        var made = await tenant.Admin.PostAsync("/api/cameras", new { name = "Wall", time_zone = zone });
        Assert.Equal(201, made.Status);
        return (tenant, Expect.Id(made.Json, "camera_id"));
    }

    private static async Task<JsonElement> DayAsync(Tenant tenant, long camera, string date)
    {
        var answer = await tenant.User.GetAsync($"/api/cameras/{camera}/day?date={date}");
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json;
    }

    private async Task<ClipStored> KeepAsync(Tenant tenant, long camera, DateTimeOffset at, string? report = null)
    {
        var clip = ContractTests.ClipOf(tenant) with { CameraId = $"{camera}", CapturedAt = at, ReceivedAt = at.Add(s_clip) };
        var kept = await host.Broker.DeliverAsync(Routes.RecordingsQueue, JsonSerializer.SerializeToUtf8Bytes(clip, MessageJson.Options));
        Assert.Equal(Messaging.HandlingResult.Done, kept);
        if (report is not null)
            await ReportAsync(tenant, camera, clip, report);
        return clip;
    }

    private async Task ReportAsync(Tenant tenant, long camera, ClipStored clip, string what)
    {
        var report = BackendHost.Report(tenant, anomaly: what == "anomaly");
        report["clip_id"] = clip.ClipId;
        report["camera_id"] = camera;
        report["storage_key"] = clip.VideoPath;
        report["captured_at"] = clip.CapturedAt;
        report["seconds"] = what == "failed" ? 0 : s_clip.TotalSeconds;
        if (what == "failed")
        {
            report["state"] = "failed";
            report["reason"] = new { code = "clip_unreadable", message = "No video." };
        }

        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", report)).Status);
    }
}
