using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Siaga.Tests.Siaga;

/// <summary><c>/metrics</c> is for the operator's network, or for who has the token.</summary>
[Collection(Alone.Name)]
public sealed partial class MetricsTests
{
    private const string Token = "a-token-for-prometheus-alone";

    [Fact]
    public async Task The_machine_itself_reads_the_metrics_of_clips_queues_and_alerts()
    {
        await using var house = await Installation.StartAsync(withWorker: false);
        var camera = await house.Api.MakeCameraAsync();
        await house.Api.UploadAsync(camera, Tree.Anomaly);
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(house.Api.Address, "metrics"));
        Assert.Matches(UploadCount(), text);
        Assert.Contains("siaga_queue_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_metric_that_alarms_and_the_dashboard_ask_for_is_told()
    {
        await using var house = await Installation.StartAsync(withWorker: true);
        var camera = await house.Api.MakeCameraAsync();
        await house.Api.UploadAsync(camera, Tree.Anomaly);

        // Of a clip that was refused there is a number only once there is one.
        await house.Api.UploadAsync(camera with { Key = "sck_wrong" }, Tree.Anomaly);
        var deploy = Path.Combine(Tree.Root, "deploy");
        var asked = new[] { Path.Combine(deploy, "prometheus", "rules.yaml"), Path.Combine(deploy, "grafana", "siaga.json") }
            .SelectMany(f => MetricName().Matches(File.ReadAllText(f)).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);
        Assert.Contains("siaga_outbox_age_seconds", asked);
        Assert.Contains("siaga_storage_errors_total", asked);
        using var http = new HttpClient();
        await Until.TrueAsync(
            "all are told",
            async () =>
            {
                var text = await http.GetStringAsync(new Uri(house.Api.Address, "metrics"));
                asked.RemoveWhere(name => text.Contains($"\n{name}", StringComparison.Ordinal));
                return asked.Count == 0;
            },
            TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Who_comes_from_elsewhere_needs_the_token()
    {
        await using var house = await Installation.StartAsync(
            withWorker: false, ("Telemetry:MetricsToken", Token), ("Web:TrustedProxies:0", "127.0.0.0/8"));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        var metrics = new Uri(house.Api.Address, "metrics");
        using var without = await http.GetAsync(metrics);
        Assert.Equal(HttpStatusCode.NotFound, without.StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var with = await http.GetAsync(metrics);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [GeneratedRegex("siaga_[a-z_]+(?=[{\\[])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MetricName();

    [GeneratedRegex(@"^siaga_\w*(clips?|upload)\w*(\{[^}]*\})? [1-9]", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UploadCount();
}
