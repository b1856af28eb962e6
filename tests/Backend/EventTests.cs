using System.Diagnostics;
using System.Net;

namespace Siaga.Tests.Backend;

public sealed class EventTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task An_anomaly_reaches_a_listener_within_a_second()
    {
        var tenant = await host.MakeTenantAsync();
        using var listener = await Listener.OpenAsync(tenant.User);
        Assert.Equal("no-cache", listener.Headers.CacheControl?.ToString());
        Assert.Equal("no", listener.Headers.GetValues("X-Accel-Buffering").Single());

        var clock = Stopwatch.StartNew();
        var id = await host.ReportAnomalyAsync(tenant);
        var e = await listener.NextAsync();
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal("anomaly", e.Name);
        Assert.Equal(id, e.Data.GetProperty("id").GetInt64());

        var listed = (await tenant.User.GetAsync($"/api/anomalies/{id}")).Json;
        Assert.Equal(listed.EnumerateObject().Select(p => p.Name), e.Data.EnumerateObject().Select(p => p.Name));
        Assert.StartsWith($"{host.Address}blobs/", e.Data.GetProperty("video_clip_url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colleagues_hear_of_a_decision_and_of_its_undoing()
    {
        var tenant = await host.MakeTenantAsync();
        var id = await host.ReportAnomalyAsync(tenant);
        using var listener = await Listener.OpenAsync(tenant.User);
        Assert.Equal(200, (await tenant.User.PostAsync($"/api/anomalies/{id}/resolve", new { resolution = "false_alarm" })).Status);
        var decided = await listener.NextAsync();
        Assert.Equal("anomaly_changed", decided.Name);
        Assert.Equal(id, decided.Data.GetProperty("id").GetInt64());
        Assert.Equal("resolved", decided.Data.GetProperty("status").GetString());
        Assert.Equal("false_alarm", decided.Data.GetProperty("resolution").GetString());

        var reopened = (await tenant.User.PostAsync($"/api/anomalies/{id}/reopen", new { })).Json;
        Assert.Equal("new", reopened.GetProperty("status").GetString());
        Assert.False(reopened.TryGetProperty("resolution", out _));
        Assert.False(reopened.TryGetProperty("resolved_by", out _));
        Assert.Equal("new", (await listener.NextAsync()).Data.GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_a_scene_has_learned_is_not_reopened()
    {
        var tenant = await host.MakeTenantAsync();
        var id = await host.ReportAnomalyAsync(tenant);
        Assert.Equal(
            200, (await tenant.User.PostAsync($"/api/anomalies/{id}/resolve", new { resolution = "false_alarm", normal = true })).Status);
        var refused = await tenant.User.PostAsync($"/api/anomalies/{id}/reopen", new { });
        Assert.Equal(409, refused.Status);
        Assert.Equal("anomaly_learned", refused.Json.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_normal_analysis_is_no_event()
    {
        var tenant = await host.MakeTenantAsync();
        using var listener = await Listener.OpenAsync(tenant.User);
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", BackendHost.Report(tenant, anomaly: false))).Status);
        var id = await host.ReportAnomalyAsync(tenant);
        Assert.Equal(id, (await listener.NextAsync()).Data.GetProperty("id").GetInt64());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_listener_who_comes_back_gets_what_was_missed(bool byHeader)
    {
        var tenant = await host.MakeTenantAsync();
        string last;
        using (var listener = await Listener.OpenAsync(tenant.User))
        {
            await host.ReportAnomalyAsync(tenant);
            last = (await listener.NextAsync()).Id;
        }

        var second = await host.ReportAnomalyAsync(tenant);
        var third = await host.ReportAnomalyAsync(tenant);
        using var back = byHeader
            ? await Listener.OpenAsync(tenant.User, "/api/events", ("Last-Event-ID", last))
            : await Listener.OpenAsync(tenant.User, $"/api/events?last_event_id={last}");
        Assert.Equal(second, (await back.NextAsync()).Data.GetProperty("id").GetInt64());
        Assert.Equal(third, (await back.NextAsync()).Data.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_listener_hears_of_the_own_company_only_and_a_superadmin_of_all()
    {
        var mine = await host.MakeTenantAsync();
        var theirs = await host.MakeTenantAsync();
        using var listener = await Listener.OpenAsync(mine.User);
        using var root = await Listener.OpenAsync(host.Root);
        var other = await host.ReportAnomalyAsync(theirs);
        var own = await host.ReportAnomalyAsync(mine);
        Assert.Equal(own, (await listener.NextAsync()).Data.GetProperty("id").GetInt64());
        Assert.Equal(other, (await root.NextAsync()).Data.GetProperty("id").GetInt64());
        Assert.Equal(own, (await root.NextAsync()).Data.GetProperty("id").GetInt64());

        using var replay = await Listener.OpenAsync(mine.User, "/api/events", ("Last-Event-ID", "0"));
        Assert.Equal(own, (await replay.NextAsync()).Data.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_silent_stream_shows_that_it_lives()
    {
        var tenant = await host.MakeTenantAsync();
        using var listener = await Listener.OpenAsync(tenant.User);
        Assert.Equal(":", await listener.NextCommentAsync());
    }

    [Fact]
    public async Task A_stream_ends_with_its_session()
    {
        var tenant = await host.MakeTenantAsync();
        using var listener = await Listener.OpenAsync(tenant.User);
        Assert.Equal(204, (await tenant.User.PostAsync("/api/logout")).Status);
        await host.ReportAnomalyAsync(tenant);
        Assert.Null(await listener.NextOrEndAsync());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-4")]
    [InlineData("99999999999999999999999")]
    public async Task A_last_event_id_that_is_no_number_is_refused(string id)
    {
        using var response = await host.Root.OpenAsync(
            HttpMethod.Get, "/api/events", null, HttpCompletionOption.ResponseHeadersRead, ("Last-Event-ID", id));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
