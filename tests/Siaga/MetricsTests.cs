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
    public async Task Who_comes_from_elsewhere_needs_the_token()
    {
        await using var house = await Installation.StartAsync(
            withWorker: false, ("Telemetry:MetricsToken", Token), ("Web:TrustedProxies:0", "127.0.0.1"));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        var metrics = new Uri(house.Api.Address, "metrics");
        using var without = await http.GetAsync(metrics);
        Assert.Equal(HttpStatusCode.NotFound, without.StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var with = await http.GetAsync(metrics);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
    }

    [GeneratedRegex(@"^siaga_\w*(clips?|upload)\w*(\{[^}]*\})? [1-9]", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UploadCount();
}
