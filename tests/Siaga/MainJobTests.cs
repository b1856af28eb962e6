using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Siaga.Tests.Siaga;

/// <summary>From an uploaded clip to an anomaly, through the real services.</summary>
[Collection(Alone.Name)]
public sealed class MainJobTests : IAsyncLifetime
{
    private Installation _host = null!;
    private Camera _camera = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(withWorker: true);
        _camera = await _host.Api.MakeCameraAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_upload_becomes_an_event_an_anomaly_and_a_link_that_plays()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(60));
        using var events = await _host.Api.OpenAsync("api/events", stop.Token);
        var clip = (await _host.Api.UploadAsync(_camera, Tree.Anomaly)).Body.GetProperty("clip_id").GetString();

        var heard = await FirstAnomalyAsync(events, stop.Token);
        Assert.Equal(clip, heard.GetProperty("clip_id").GetString());
        var listed = Assert.Single(await _host.Api.ListAsync("api/anomalies"));
        Assert.Equal(heard.GetProperty("id").GetInt64(), listed.GetProperty("id").GetInt64());
        Assert.Equal(_camera.Id, listed.GetProperty("camera_id").GetInt64());

        var one = (await _host.Api.SendAsync(HttpMethod.Get, $"api/anomalies/{listed.GetProperty("id").GetInt64()}")).Body;
        var link = new Uri(_host.Api.Address, one.GetProperty("video_clip_url").GetString());
        using var anonymous = new HttpClient();
        Assert.Equal(await File.ReadAllBytesAsync(Tree.Anomaly, stop.Token), await anonymous.GetByteArrayAsync(link, stop.Token));
        using var part = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new(100, 199) } };
        using var partial = await anonymous.SendAsync(part, stop.Token);
        Assert.Equal((206, 100L), ((int)partial.StatusCode, partial.Content.Headers.ContentLength));
        Assert.Equal("video/mp4", partial.Content.Headers.ContentType?.MediaType);
        using var forged = await anonymous.GetAsync(
            new Uri(link.ToString().Replace("expires=", "expires=9", StringComparison.Ordinal)), stop.Token);
        Assert.Equal(404, (int)forged.StatusCode);
    }

    [Fact]
    public async Task Every_sample_is_judged_as_TensorFlow_judged_it()
    {
        using var answers = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Tree.Root, "samples", "answers.json")));
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var clip in Tree.Clips)
            names[(await _host.Api.UploadAsync(_camera, clip)).Body.GetProperty("clip_id").GetString()!] = Path.GetFileName(clip);
        IReadOnlyList<JsonElement> analyses = [];
        await Eventually.TrueAsync(
            "all samples are analysed", async () => (analyses = await _host.Api.ListAsync("api/analyses")).Count == Tree.Clips.Count);
        foreach (var analysis in analyses)
        {
            var name = names[analysis.GetProperty("clip_id").GetString()!];
            var expected = Assert.Single(answers.RootElement.EnumerateArray(), a => a.GetProperty("clip").GetString() == name);
            Assert.Equal(expected.GetProperty("kind").GetString() == "anomaly", analysis.GetProperty("anomaly").GetBoolean());
            Assert.Equal(
                expected.GetProperty("scores").GetProperty("anomaly").GetDouble(),
                analysis.GetProperty("labels").GetProperty("anomaly").GetDouble(),
                0.01);
        }
    }

    [Fact]
    public async Task A_clip_that_only_looks_like_one_is_a_failed_analysis_with_its_reason()
    {
        var broken = (await File.ReadAllBytesAsync(Tree.Anomaly))[..3000];
        var answer = await _host.Api.UploadAsync(_camera.Key, new ByteArrayContent(broken));
        Assert.Equal(202, answer.Status);
        JsonElement clip = default;
        await Eventually.TrueAsync(
            "the clip has failed",
            async () => (clip = (await _host.Api.SendAsync(HttpMethod.Get, answer.Body.GetProperty("status_url").GetString()![1..])).Body)
                .GetProperty("state").GetString() == "failed");
        Assert.False(string.IsNullOrEmpty(clip.GetProperty("reason").GetString()));
        Assert.Empty(await _host.Api.ListAsync("api/anomalies"));
        Assert.Equal(new Traces(1, 0, 1), await _host.TracesAsync());
    }

    [Fact]
    public async Task One_trace_leads_from_the_upload_to_the_report()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Siaga", StringComparison.Ordinal) || source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var clip = (await _host.Api.UploadAsync(_camera, Tree.Anomaly)).Body.GetProperty("clip_id").GetString();
        await Eventually.TrueAsync("the clip is reported", async () => (await _host.Api.ListAsync("api/analyses")).Count == 1);
        await Eventually.TrueAsync("the analysis' span has ended", () => spans.Any(s => s.DisplayName == "analyse"));
        var upload = Assert.Single(spans, s => Equals(s.GetTagItem("siaga.clip.id"), clip) && s.Kind == ActivityKind.Server);
        var trace = spans.Where(s => s.TraceId == upload.TraceId).Select(s => s.DisplayName).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", trace));
        Assert.Contains(trace, s => s.Contains("analys", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(trace, s => s.Contains("POST /api/analyses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_metrics_tell_of_clips_queues_and_the_time_to_alert()
    {
        await _host.Api.UploadAsync(_camera, Tree.Anomaly);
        await Eventually.TrueAsync("the clip is an anomaly", async () => (await _host.Api.ListAsync("api/anomalies")).Count == 1);
        using var http = new HttpClient();
        var text = "";
        await Eventually.TrueAsync(
            "the metrics are there",
            async () => (text = await http.GetStringAsync(new Uri(_host.Api.Address, "metrics")))
                .Contains("siaga_time_to_alert_seconds_count", StringComparison.Ordinal));
        Assert.All(
            [
                "siaga_clips_received_total", "siaga_clips_received_bytes_total", "siaga_queue_depth{", "siaga_queue_age_seconds",
                "siaga_analysis_duration_seconds_bucket", "siaga_time_to_alert_seconds_bucket",
            ],
            name => Assert.Contains(name, text, StringComparison.Ordinal));
    }

    private static async Task<JsonElement> FirstAnomalyAsync(HttpResponseMessage events, CancellationToken cancellationToken)
    {
        var stream = await events.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.EventType == "anomaly")
                return JsonDocument.Parse(item.Data).RootElement;
        }

        throw new EndOfStreamException("The stream of events ended.");
    }
}
