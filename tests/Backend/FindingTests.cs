using Siaga.Messages;

namespace Siaga.Tests.Backend;

/// <summary>A report contains the findings of every detector, and the analysis shows them.</summary>
public sealed class FindingTests(BackendHost host) : IClassFixture<BackendHost>
{
    private static object Covered(double from, double to) => new
    {
        detector = "black_picture",
        type = "black_picture",
        score = to - from,
        threshold = 3,
        from_s = from,
        to_s = to,
        at_s = from,
        alarm = false,
        from_a_newer_worker = true,
    };

    private static object Alarm(string detector, string type, double score, double value) => new
    {
        detector,
        type,
        score,
        threshold = 0.5,
        from_s = 1,
        to_s = 2,
        at_s = 1.5,
        alarm = true,
        attribute = "speed",
        value,
        usual = 2,
    };

    [Fact]
    public async Task Findings_are_listed_with_the_analysis_and_raise_nothing_by_themselves()
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        report["anomaly"] = false;
        report["findings"] = new[] { Covered(1, 5), Covered(8.5, 12) };
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", report)).Status);
        var listed = Expect.Items(await tenant.User.GetAsync("/api/analyses"))[0].GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal([5.0, 12.0], listed.Select(f => f.GetProperty("to_s").GetDouble()));
        Assert.Empty(Expect.Items(await tenant.User.GetAsync("/api/anomalies")));
    }

    [Fact]
    public async Task A_report_of_an_older_worker_has_none()
    {
        var tenant = await host.MakeTenantAsync();
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", BackendHost.Report(tenant))).Status);
        Assert.Equal(0, Expect.Items(await tenant.User.GetAsync("/api/analyses"))[0].GetProperty("findings").GetArrayLength());
        Assert.False(Expect.Items(await tenant.User.GetAsync("/api/anomalies"))[0].TryGetProperty("finding", out _));
    }

    [Fact]
    public async Task An_anomaly_shows_the_values_of_the_finding_that_raised_it()
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        report["findings"] = new[]
        {
            Covered(1, 5), Alarm("model", "brawl", 0.7, 3), Alarm("model", "brawl", 0.9, 4), Alarm("scene", "unusual_speed", 9, 5),
        };
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", report)).Status);
        var finding = Expect.Items(await tenant.User.GetAsync("/api/anomalies"))[0].GetProperty("finding");
        Assert.Equal(("model", "brawl"), (finding.GetProperty("detector").GetString(), finding.GetProperty("type").GetString()));
        Assert.Equal(
            (0.9, "speed", 4.0, 2.0),
            (finding.GetProperty("score").GetDouble(), finding.GetProperty("attribute").GetString(),
                finding.GetProperty("value").GetDouble(), finding.GetProperty("usual").GetDouble()));
    }

    [Fact]
    public async Task As_many_as_a_report_holds_are_stored_and_one_more_is_refused()
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        report["findings"] = Enumerable.Repeat(Covered(1, 5), Finding.MostInReport + 1).ToList();
        Expect.Problem(await host.Worker.PostAsync("/api/analyses", report), 400, "findings_invalid");
        report["findings"] = Enumerable.Repeat(Covered(1, 5), Finding.MostInReport).ToList();
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", report)).Status);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 1)]
    public async Task Times_out_of_order_are_refused(double from, double to)
    {
        var tenant = await host.MakeTenantAsync();
        var report = BackendHost.Report(tenant);
        report["findings"] = new[] { Covered(from, to) };
        Expect.Problem(await host.Worker.PostAsync("/api/analyses", report), 400, "findings_invalid");
        report["findings"] = new object?[] { null };
        Expect.Problem(await host.Worker.PostAsync("/api/analyses", report), 400);
    }
}
