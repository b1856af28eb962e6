using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture.Deploy;

/// <summary>The files of Prometheus and Grafana are valid, and compose.yaml mounts them where both look for them.</summary>
public sealed partial class MonitoringTests
{
    private const int Skipped = 77;

    private static readonly string s_deploy = Path.Combine(Tree.Root, "deploy");

    /// <summary>Known keys: https://grafana.com/docs/grafana/v12.4/administration/provisioning/</summary>
    private static readonly string[] s_sourceKeys =
    [
        "access", "basicAuth", "basicAuthUser", "correlations", "database", "editable", "isDefault", "jsonData", "name", "orgId",
        "secureJsonData", "type", "uid", "url", "user", "version", "withCredentials",
    ];

    private static readonly string[] s_providerKeys =
    [
        "allowUiUpdates", "disableDeletion", "editable", "folder", "folderUid", "name", "options", "orgId", "type", "updateIntervalSeconds",
    ];

    /// <summary>From Grafana's conf/defaults.ini: every default that contacts its vendor, and access without a password.</summary>
    private static readonly (string Name, string Value)[] s_privacy =
    [
        ("GF_ANALYTICS_REPORTING_ENABLED", "false"),
        ("GF_ANALYTICS_CHECK_FOR_UPDATES", "false"),
        ("GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES", "false"),
        ("GF_ANALYTICS_FEEDBACK_LINKS_ENABLED", "false"),
        ("GF_NEWS_NEWS_FEED_ENABLED", "false"),
        ("GF_SECURITY_DISABLE_GRAVATAR", "true"),
        ("GF_SNAPSHOTS_EXTERNAL_ENABLED", "false"),
        ("GF_PLUGINS_PREINSTALL_DISABLED", "true"),
        ("GF_PLUGINS_PREINSTALL_AUTO_UPDATE", "false"),
        ("GF_PLUGINS_PLUGIN_ADMIN_ENABLED", "false"),
        ("GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED", "true"),
        ("GF_AUTH_ANONYMOUS_ENABLED", "false"),
        ("GF_USERS_ALLOW_SIGN_UP", "false"),
    ];

    [Fact]
    public void Prometheus_accepts_its_configuration_and_rules_and_every_case_passes()
    {
        var (status, output) = Check();
        Assert.True(status == 0, output);
        Assert.Contains("rules found", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Prometheus_accepts_every_query_of_the_dashboard_and_refuses_an_invalid_one()
    {
        var queries = Queries();
        Assert.True(queries.Count > 20, $"{queries.Count} queries");
        var (status, output) = CheckRules(queries);
        Assert.True(status == 0, output);
        Assert.NotEqual(0, CheckRules([.. queries, "rate(siaga_clips_received_total[5m]"]).Status);
    }

    [Fact]
    public void Every_alarm_has_a_case_in_which_it_fires()
    {
        var rules = File.ReadAllText(Path.Combine(s_deploy, "prometheus", "rules.yaml"));
        var alarms = AlarmName().Matches(rules).Select(m => m.Groups["name"].Value);
        var fires = Yaml.Load("deploy", "prometheus", "rules.test.yaml").ListAt("tests").Cast<IReadOnlyDictionary<string, object>>()
            .SelectMany(t => t.ListAt("alert_rule_test")).Cast<IReadOnlyDictionary<string, object>>()
            .Where(c => c.ListAt("exp_alerts").Count > 0).Select(c => c.TextAt("alertname"));
        Assert.Equal([], alarms.Except(fires));
    }

    [Fact]
    public void Prometheus_finds_all_containers_of_a_service_at_the_port_of_its_image()
    {
        var services = Yaml.Load("deploy", "compose.yaml").MapAt("services");
        var images = Dockerfile.Read(File.ReadAllText(Path.Combine(s_deploy, "docker", "Dockerfile"))).Targets.ToDictionary(t => t.Name);
        var jobs = Yaml.Load("deploy", "prometheus", "prometheus.yaml").ListAt("scrape_configs").Cast<IReadOnlyDictionary<string, object>>()
            .Where(j => j.TextAt("job_name").StartsWith("siaga-", StringComparison.Ordinal)).ToList();
        Assert.Equal(["siaga-backend", "siaga-ingestion", "siaga-worker"], jobs.Select(j => j.TextAt("job_name")));
        foreach (var job in jobs)
        {
            var found = (IReadOnlyDictionary<string, object>)Assert.Single(job.ListAt("dns_sd_configs"));
            var name = (string)Assert.Single(found.ListAt("names"));
            Assert.Equal($"siaga-{name}", job.TextAt("job_name"));
            Assert.Equal("A", found.TextAt("type"));
            Assert.Contains(name, services.Keys);
            Assert.Contains((int)found.NumberAt("port")!, images[name].Ports);
            Assert.Equal("/run/secrets/metrics-token", job.MapAt("authorization").TextAt("credentials_file"));

            // A service that shares two networks with Prometheus would have two addresses and be scraped twice.
            Assert.Single(services.MapAt(name).ListAt("networks").Intersect(services.MapAt("prometheus").ListAt("networks")));
        }
    }

    [Fact]
    public void Grafana_finds_its_data_source_and_dashboard_and_does_not_phone_home()
    {
        var grafana = Yaml.Load("deploy", "compose.yaml").MapAt("services").MapAt("grafana");
        Assert.Contains("./grafana:/etc/grafana/siaga:ro", grafana.ListAt("volumes"));
        var environment = ComposeRules.Environment(grafana);
        Assert.Equal("/etc/grafana/siaga/provisioning", environment["GF_PATHS_PROVISIONING"]);
        Assert.Equal("/etc/grafana/siaga/siaga.json", environment["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]);
        Assert.Equal("/run/secrets/grafana-password", environment["GF_SECURITY_ADMIN_PASSWORD__FILE"]);
        Assert.All(s_privacy, s => Assert.Equal(s.Value, environment.GetValueOrDefault(s.Name)));
    }

    [Fact]
    public void Grafanas_provisioning_uses_known_keys()
    {
        var sources = Yaml.Load("deploy", "grafana", "provisioning", "datasources", "siaga.yaml");
        Assert.Empty(sources.Keys.Except(["apiVersion", "datasources", "deleteDatasources", "prune"]));
        var source = (IReadOnlyDictionary<string, object>)Assert.Single(sources.ListAt("datasources"));
        Assert.Empty(source.Keys.Except(s_sourceKeys));
        Assert.Equal("1", sources.TextAt("apiVersion"));
        Assert.Equal(("siaga-prometheus", "prometheus"), (source.TextAt("uid"), source.TextAt("type")));
        Assert.Equal("http://prometheus:9090", source.TextAt("url"));
        var asks = Yaml.Load("deploy", "prometheus", "prometheus.yaml").MapAt("global").TextAt("scrape_interval");
        Assert.Equal(asks, source.MapAt("jsonData").TextAt("timeInterval"));

        var providers = Yaml.Load("deploy", "grafana", "provisioning", "dashboards", "siaga.yaml");
        Assert.Empty(providers.Keys.Except(["apiVersion", "providers"]));
        var provider = (IReadOnlyDictionary<string, object>)Assert.Single(providers.ListAt("providers"));
        Assert.Empty(provider.Keys.Except(s_providerKeys));
        Assert.Equal(("1", "file"), (providers.TextAt("apiVersion"), provider.TextAt("type")));
        Assert.Equal("/etc/grafana/siaga", provider.MapAt("options").TextAt("path"));
    }

    /// <summary>This allows provisioning, and importing by hand where the data source has another uid.</summary>
    [Fact]
    public void The_dashboard_refers_to_its_data_source_by_a_variable()
    {
        var text = File.ReadAllText(Path.Combine(s_deploy, "grafana", "siaga.json"));
        var named = SourceId().Matches(text).Select(m => m.Groups["uid"].Value).ToList();
        Assert.Equal(text.Split("\"datasource\": {").Length - 1, named.Count);
        Assert.Equal([], named.Except(["${datasource}", "-- Grafana --"]));
        using var dashboard = JsonDocument.Parse(text);
        Assert.Equal("siaga", dashboard.RootElement.GetProperty("uid").GetString());
        var variable = dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().First();
        Assert.Equal(("datasource", "prometheus"), (variable.GetProperty("name").GetString(), variable.GetProperty("query").GetString()));
    }

    /// <summary>The dashboard's queries, with Grafana's variables replaced.</summary>
    private static List<string> Queries()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_deploy, "grafana", "siaga.json")));
        var asked = In(dashboard.RootElement).Select(q => q.Replace("$job", "siaga.*", StringComparison.Ordinal));
        return [.. asked.Select(q => GrafanaTime().Replace(q, "5m"))];

        static IEnumerable<string> In(JsonElement part) => part.ValueKind switch
        {
            JsonValueKind.Object => part.EnumerateObject().SelectMany(p => p.NameEquals("expr") ? [p.Value.GetString()!] : In(p.Value)),
            JsonValueKind.Array => part.EnumerateArray().SelectMany(In),
            _ => [],
        };
    }

    /// <summary>Checks queries as recording rules.</summary>
    private static (int Status, string Output) CheckRules(IReadOnlyList<string> queries)
    {
        var file = Path.Combine(Path.GetTempPath(), $"siaga-{Guid.NewGuid():n}.yaml");
        var rules = queries.Select((q, i) => new { record = $"asked:{i}", expr = q });
        File.WriteAllText(file, JsonSerializer.Serialize(new { groups = new[] { new { name = "asked", rules } } }));
        try
        {
            return Check(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (int Status, string Output) Check(params string[] files)
    {
        var start = new ProcessStartInfo(Path.Combine(s_deploy, "prometheus", "check"), files)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        if (process.ExitCode == Skipped)
            Assert.Skip(output.Trim());
        return (process.ExitCode, output);
    }

    [GeneratedRegex(@"^ +- alert: (?<name>\w+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AlarmName();

    [GeneratedRegex(@"\$__(rate_interval|interval|range)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GrafanaTime();

    [GeneratedRegex(
        """
        "datasource": \{\s*"type": "\w+",\s*"uid": "(?<uid>[^"]*)"
        """,
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex SourceId();
}
