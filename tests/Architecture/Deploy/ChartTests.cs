using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture.Deploy;

/// <summary>Every container of the chart states its arguments, resources, probes and security context.</summary>
public sealed class ChartTests
{
    private static readonly string s_templates = Path.Combine(Tree.Root, "deploy", "helm", "siaga", "templates");

    [Fact]
    public void Every_container_of_the_chart_is_complete()
    {
        var templates = Directory.GetFiles(s_templates, "*.yaml").Select(File.ReadAllText)
            .Where(t => t.Contains("containers:", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, templates.Count);
        Assert.Empty(templates.SelectMany(ChartRules.Faults));
        Assert.Empty(ChartRules.SharedFaults(Named()));
    }

    [Fact]
    public void Every_service_has_a_limit_of_memory_and_the_workers_follows_from_its_concurrency()
    {
        var values = Yaml.Load("deploy", "helm", "siaga", "values.yaml");
        Assert.All(["backend", "ingestion"], s => Assert.NotEqual("", values.MapAt(s).MapAt("resources").MapAt("limits").TextAt("memory")));
        var worker = values.MapAt("worker");
        Assert.True(worker.MapAt("memory").NumberAt("baseMi") > 0 && worker.MapAt("memory").NumberAt("clipMi") > 0);
        Assert.Empty(worker.MapAt("resources"));
        Assert.Contains("mul $own.concurrency $own.memory.clipMi", Named(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services.yaml", " +args: .*\n", "{{ $part }}: no args")]
    [InlineData("services.yaml", "--bind, 0.0.0.0, ", "{{ $part }}: args without --bind 0.0.0.0 and --data /data")]
    [InlineData("services.yaml", " +resources: .*\n", "{{ $part }}: no resources")]
    [InlineData("services.yaml", " +securityContext: .*containerSecurity.*\n", "{{ $part }}: no securityContext")]
    [InlineData("services.yaml", " +livenessProbe:\n", "{{ $part }}: no livenessProbe")]
    [InlineData("migrate.yaml", " +resources:\n", "migrate: no resources")]
    [InlineData("migrate.yaml", " +args: .*\n", "migrate: no args")]
    public void A_container_with_a_fault_is_named(string file, string without, string fault) =>
        Assert.Contains(fault, ChartRules.Faults(Without(File.ReadAllText(Path.Combine(s_templates, file)), without)));

    [Theory]
    [InlineData("readOnlyRootFilesystem: true", "siaga.containerSecurity: no readOnlyRootFilesystem: true")]
    [InlineData("runAsNonRoot: true", "siaga.podSecurity: no runAsNonRoot: true")]
    [InlineData("- { name: ORT_DISABLE_TELEMETRY.*\n", "siaga.madeSettings: ORT_DISABLE_TELEMETRY=1 is not in every environment")]
    [InlineData("(?<=SigningKey)File", "siaga.madeSettings: SIAGA__Auth__SigningKey is a secret in an environment variable")]
    public void A_shared_part_with_a_fault_is_named(string without, string fault) =>
        Assert.Contains(fault, ChartRules.SharedFaults(Without(Named(), without)));

    private static string Named() => string.Join('\n', Directory.GetFiles(s_templates, "_*.tpl").Select(File.ReadAllText));

    private static string Without(string text, string pattern)
    {
        var less = Regex.Replace(text, pattern, "", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.NotEqual(text, less);
        return less;
    }
}
