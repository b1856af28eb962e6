using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture.Deploy;

/// <summary>
/// What every container of the chart must state. Helm's templates are not YAML until they are rendered, so they are read as lines.
/// </summary>
internal static partial class ChartRules
{
    private static readonly string[] s_required = ["args", "env", "image", "resources", "securityContext"];
    private static readonly string[] s_requiredOfServices = ["livenessProbe", "readinessProbe", "startupProbe"];

    /// <summary>Every fault of a template's containers, with the container's name before it.</summary>
    public static IEnumerable<string> Faults(string template)
    {
        var serves = template.Contains("kind: Deployment", StringComparison.Ordinal);
        foreach (var (name, keys) in Containers(template))
        {
            foreach (var missing in s_required.Concat(serves ? s_requiredOfServices : []).Except(keys.Keys))
                yield return $"{name}: no {missing}";
            if (serves && keys.GetValueOrDefault("args") is { } args && !Listens().IsMatch(args))
                yield return $"{name}: args without --bind 0.0.0.0 and --data /data";
            if (keys.GetValueOrDefault("securityContext")?.Contains("siaga.containerSecurity", StringComparison.Ordinal) is false)
                yield return $"{name}: securityContext is not siaga.containerSecurity";
        }
    }

    /// <summary>Every fault of the named templates that all containers share.</summary>
    public static IEnumerable<string> SharedFaults(string named)
    {
        foreach (var must in new[] { "allowPrivilegeEscalation: false", "readOnlyRootFilesystem: true", "capabilities: { drop: [ALL] }" })
        {
            if (!Part(named, "siaga.containerSecurity").Contains(must, StringComparison.Ordinal))
                yield return $"siaga.containerSecurity: no {must}";
        }
        foreach (var must in new[] { "runAsNonRoot: true", "runAsUser: 1654", "seccompProfile: { type: RuntimeDefault }" })
        {
            if (!Part(named, "siaga.podSecurity").Contains(must, StringComparison.Ordinal))
                yield return $"siaga.podSecurity: no {must}";
        }

        // Before the first condition, so that every container has it.
        var settings = Part(named, "siaga.madeSettings");
        if (!settings.Split("{{- if")[0].Contains("- { name: ORT_DISABLE_TELEMETRY, value: \"1\" }", StringComparison.Ordinal))
            yield return "siaga.madeSettings: ORT_DISABLE_TELEMETRY=1 is not in every environment";
        foreach (var name in Variable().Matches(settings).Select(m => m.Groups["name"].Value).Where(ComposeRules.IsSecret))
            yield return $"siaga.madeSettings: {name} is a secret in an environment variable";
    }

    /// <summary>Each container with its keys and their text.</summary>
    private static IEnumerable<(string Name, Dictionary<string, string> Keys)> Containers(string template)
    {
        foreach (var block in Container().Matches(template).ToList())
        {
            var keys = new Dictionary<string, string>(StringComparer.Ordinal);
            var indent = block.Groups["indent"].Value + "  ";
            var last = "";
            foreach (var line in block.Groups["body"].Value.Split('\n'))
            {
                if (Key().Match(line) is { Success: true } key && key.Groups["indent"].Value == indent)
                    keys[last = key.Groups["key"].Value] = "";
                if (last.Length > 0 && !line.TrimStart().StartsWith('#'))
                    keys[last] += line + "\n";
            }
            yield return (block.Groups["name"].Value, keys);
        }
    }

    private static string Part(string named, string name)
    {
        var start = named.IndexOf($"define \"{name}\"", StringComparison.Ordinal);
        if (start < 0)
            return "";
        var end = named.IndexOf("{{- define", start, StringComparison.Ordinal);
        return end < 0 ? named[start..] : named[start..end];
    }

    // From "- name:" after "containers:" to the first line with a smaller indent.
    [GeneratedRegex(
        @"^ *containers:\n(?<indent> +)- name: (?<name>[^\n]+)\n(?<body>(\k<indent> [^\n]*\n|\s*\n)*)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Container();

    [GeneratedRegex(@"^(?<indent> +)(?<key>\w+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"name: (?<name>SIAGA__\w+),", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"--bind, 0\.0\.0\.0\b.*--data, /data\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listens();
}
