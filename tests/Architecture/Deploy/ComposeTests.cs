using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture.Deploy;

/// <summary>Every service of compose.yaml is confined and limited; each fault is reported by name.</summary>
public sealed class ComposeTests
{
    private const string Good =
        """
        x-confined: &confined
          read_only: true
          cap_drop: [ALL]
          security_opt: ["no-new-privileges:true"]
          logging: { driver: json-file, options: { max-size: 10m, max-file: "5" } }
        x-shared: &shared
          SIAGA__Messaging__RabbitMq__Url: amqp://siaga@rabbitmq:5672/siaga
          SIAGA__Messaging__RabbitMq__PasswordFile: /run/secrets/rabbitmq-password
        services:
          worker:
            <<: *confined
            mem_limit: 3g
            pids_limit: 300
            environment:
              <<: [*shared]
              GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: "true"
              POSTGRES_PASSWORD_FILE: /run/secrets/postgres-password
            volumes: ["${SIAGA_MODELS:-../samples}:/models:ro", "scratch:/tmp"]
            ports: ["${SIAGA_BIND:-127.0.0.1}:${SIAGA_S3_PORT:-9000}:9000"]
            healthcheck: { test: [CMD, "true"] }
          siaga:
            <<: *confined
            profiles: [tools]
            mem_limit: 3g
            pids_limit: 300
        """;

    [Fact]
    public void Every_service_of_the_deployment_is_confined_and_limited()
    {
        var text = File.ReadAllText(Path.Combine(Tree.Root, "deploy", "compose.yaml"));
        Assert.Superset(new HashSet<string> { "backend", "ingestion", "worker" }, Yaml.Read(text).MapAt("services").Keys.ToHashSet());
        Assert.Empty(ComposeRules.Faults(text));
    }

    [Fact]
    public void A_correct_file_has_no_fault() => Assert.Empty(ComposeRules.Faults(Good));

    [Theory]
    [InlineData("    mem_limit: 3g\n", "", "worker: no mem_limit")]
    [InlineData("    pids_limit: 300\n", "", "worker: no pids_limit")]
    [InlineData("pids_limit: 300", "pids_limit: -1", "worker: no pids_limit")]
    [InlineData("read_only: true", "read_only: false", "worker: its root is writable (read_only: true is missing)")]
    [InlineData(@"  cap_drop: \[ALL\]\n", "", "siaga: it keeps capabilities (cap_drop: [ALL] is missing)")]
    [InlineData("no-new-privileges:true", "seccomp:unconfined", "worker: it may gain privileges (no-new-privileges:true is missing)")]
    [InlineData("max-size: 10m, ", "", "worker: its log is unlimited (logging: driver, max-size and max-file)")]
    [InlineData("    healthcheck: .*\n", "", "worker: no healthcheck")]
    [InlineData("Messaging__RabbitMq__PasswordFile", "Auth__Key", "worker: SIAGA__Auth__Key is a secret in an environment variable")]
    [InlineData("POSTGRES_PASSWORD_FILE", "POSTGRES_PASSWORD", "worker: POSTGRES_PASSWORD is a secret in an environment variable")]
    [InlineData("siaga@rabbitmq", "siaga:hunter2@rabbitmq", "worker: SIAGA__Messaging__RabbitMq__Url has a password in an address")]
    [InlineData("scratch:/tmp", "/tmp", "worker: volume /tmp has no name")]
    [InlineData("scratch:/tmp", "/run/docker.sock:/s", "worker: it has the engine's socket, which gives root on the host")]
    [InlineData(@"\$\{SIAGA_BIND.*:9000", "9000:9000", "worker: port 9000:9000 is open to every network")]
    [InlineData("    mem_limit: 3g\n", "    privileged: true\n    mem_limit: 3g\n", "worker: it is privileged")]
    [InlineData("    mem_limit: 3g\n", "    pid: host\n    mem_limit: 3g\n", "worker: it shares the host's network or processes")]
    public void A_service_with_a_fault_is_named(string pattern, string instead, string fault)
    {
        var text = Regex.Replace(Good, pattern, instead, RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.NotEqual(Good, text);
        Assert.Contains(fault, ComposeRules.Faults(text));
    }

    /// <summary>The same faults in the real file.</summary>
    [Theory]
    [InlineData("mem_limit", "no mem_limit")]
    [InlineData("pids_limit", "no pids_limit")]
    [InlineData("read_only", "its root is writable (read_only: true is missing)")]
    [InlineData("cap_drop", "it keeps capabilities (cap_drop: [ALL] is missing)")]
    public void The_real_file_with_a_fault_is_refused(string key, string fault)
    {
        var text = File.ReadAllText(Path.Combine(Tree.Root, "deploy", "compose.yaml"));
        var without = new Regex($@"^ +{key}:.*\n", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Replace(text, "", 1);
        Assert.NotEqual(text, without);
        Assert.Contains(ComposeRules.Faults(without), f => f.EndsWith(fault, StringComparison.Ordinal));
    }
}
