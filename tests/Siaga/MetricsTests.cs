using System.Net;
using System.Text.RegularExpressions;

namespace Siaga.Tests.Siaga;

/// <summary><c>/metrics</c> is readable from the operator's network or, with a token set, by its holders.</summary>
[Collection(Alone.Name)]
public sealed partial class MetricsTests
{
    private const string Token = "a-token-for-prometheus-alone";

    [Fact]
    public async Task The_machine_itself_reads_the_metrics_of_clips_queues_and_alerts()
    {
        await using var host = await Installation.StartAsync(withWorker: false);
        var camera = await host.Api.MakeCameraAsync();
        await host.Api.UploadAsync(camera, Tree.Anomaly);
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(host.Api.Address, "metrics"));
        Assert.Matches(UploadCount(), text);
        Assert.Contains("siaga_queue_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_metric_that_alarms_and_the_dashboard_ask_for_is_told()
    {
        await using var host = await Installation.StartAsync(withWorker: true);
        var camera = await host.Api.MakeCameraAsync();
        await host.Api.UploadAsync(camera, Tree.Anomaly);

        // The metric of refused clips exists only after the first refusal.
        await host.Api.UploadAsync(camera with { Key = "sck_wrong" }, Tree.Anomaly);
        var deploy = Path.Combine(Tree.Root, "deploy");
        var asked = new[] { Path.Combine(deploy, "prometheus", "rules.yaml"), Path.Combine(deploy, "grafana", "siaga.json") }
            .SelectMany(f => MetricName().Matches(File.ReadAllText(f)).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);
        Assert.Contains("siaga_outbox_age_seconds", asked);
        Assert.Contains("siaga_storage_errors_total", asked);
        using var http = new HttpClient();
        await Eventually.TrueAsync(
            "all are told",
            async () =>
            {
                var text = await http.GetStringAsync(new Uri(host.Api.Address, "metrics"));
                asked.RemoveWhere(name => text.Contains($"\n{name}", StringComparison.Ordinal));
                return asked.Count == 0;
            },
            TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Without_a_token_they_are_not_there_for_who_comes_from_elsewhere()
    {
        await using var host = await Installation.StartAsync(withWorker: false, ("Web:TrustedProxies:0", "127.0.0.0/8"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(host, null, from: "203.0.113.7")).StatusCode);
    }

    [Fact]
    public async Task With_a_token_every_address_needs_it_the_machine_itself_too()
    {
        var file = Path.Combine(Path.GetTempPath(), $"siaga-metrics-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, Token + "\n", TestContext.Current.CancellationToken);
        try
        {
            await using var host = await Installation.StartAsync(
                withWorker: false, ("Telemetry:MetricsTokenFile", file), ("Web:TrustedProxies:0", "127.0.0.0/8"));
            foreach (var from in (string?[])[null, "10.0.0.7", "203.0.113.7"])
            {
                foreach (var wrong in (string?[])[null, "Bearer another-token-altogether", Token, "Basic " + Token])
                {
                    var refused = await AskAsync(host, wrong, from);
                    Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (refused.StatusCode, refused.Headers.WwwAuthenticate.ToString()));
                    Assert.DoesNotContain("siaga_", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                }

                Assert.Equal(HttpStatusCode.OK, (await AskAsync(host, $"Bearer {Token}", from)).StatusCode);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<HttpResponseMessage> AskAsync(Installation host, string? authorization, string? from = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Api.Address, "metrics"));
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (from is not null)
            request.Headers.Add("X-Forwarded-For", from);
        return await http.SendAsync(request);
    }

    [GeneratedRegex("siaga_[a-z_]+(?=[{\\[])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MetricName();

    [GeneratedRegex(
        @"^siaga_\w*(clips?|upload)\w*(\{[^}]*\})? [1-9]",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex UploadCount();
}
