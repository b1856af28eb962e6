using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture.Deploy;

/// <summary>Confinement and limits that every service of compose.yaml must have.</summary>
internal static partial class ComposeRules
{
    /// <summary>Profiles whose services are commands, not servers.</summary>
    private static readonly string[] s_commandProfiles = ["tools"];

    /// <summary>Every fault, with the service's name before it.</summary>
    public static IEnumerable<string> Faults(string compose) =>
        Yaml.Read(compose).MapAt("services").SelectMany(
            s => FaultsOf((IReadOnlyDictionary<string, object>)s.Value).Select(fault => $"{s.Key}: {fault}"));

    /// <summary>A service's variables, written as a map or as a list.</summary>
    public static IReadOnlyDictionary<string, string> Environment(IReadOnlyDictionary<string, object> service) =>
        service.MapAt("environment").Select(e => (Name: e.Key, Value: e.Value as string ?? ""))
            .Concat(service.ListAt("environment").Cast<string>().Select(e => e.Split('=', 2)).Select(e => (Name: e[0], Value: e[^1])))
            .ToDictionary(e => e.Name, e => e.Value);

    /// <summary>Whether a variable of this name holds a secret, rather than the name of its file.</summary>
    public static bool IsSecret(string name) => SecretName().IsMatch(name) && !FileName().IsMatch(name);

    private static IEnumerable<string> FaultsOf(IReadOnlyDictionary<string, object> service) =>
        [.. Limits(service), .. Privileges(service), .. Secrets(service), .. Ports(service), .. Health(service)];

    private static IEnumerable<string> Limits(IReadOnlyDictionary<string, object> service)
    {
        if (service.TextAt("mem_limit").Length == 0)
            yield return "no mem_limit";
        if (!(service.NumberAt("pids_limit") > 0) && !service.TextAt("pids_limit").StartsWith("${", StringComparison.Ordinal))
            yield return "no pids_limit";
        var log = service.MapAt("logging");
        if (log.TextAt("driver").Length == 0 || new[] { "max-size", "max-file" }.Except(log.MapAt("options").Keys).Any())
            yield return "its log is unlimited (logging: driver, max-size and max-file)";

        // Anonymous volumes remain after `down`, with the footage in them.
        foreach (var volume in service.ListAt("volumes").OfType<string>().Where(v => !NamedVolume().IsMatch(v)))
            yield return $"volume {volume} has no name";
    }

    private static IEnumerable<string> Privileges(IReadOnlyDictionary<string, object> service)
    {
        if (service.TextAt("read_only") != "true")
            yield return "its root is writable (read_only: true is missing)";
        if (!service.ListAt("cap_drop").Contains("ALL"))
            yield return "it keeps capabilities (cap_drop: [ALL] is missing)";
        if (!service.ListAt("security_opt").Contains("no-new-privileges:true"))
            yield return "it may gain privileges (no-new-privileges:true is missing)";
        if (service.TextAt("privileged") == "true")
            yield return "it is privileged";
        if (service.TextAt("network_mode") == "host" || service.TextAt("pid") == "host")
            yield return "it shares the host's network or processes";
        if (service.ListAt("volumes").Any(v => v is string text && text.Contains("docker.sock", StringComparison.Ordinal)))
            yield return "it has the engine's socket, which gives root on the host";
    }

    private static IEnumerable<string> Secrets(IReadOnlyDictionary<string, object> service)
    {
        foreach (var (name, value) in Environment(service))
        {
            // A boolean is not a secret, whatever its name.
            if (IsSecret(name) && value is not ("true" or "false"))
                yield return $"{name} is a secret in an environment variable";
            if (PasswordInAddress().IsMatch(value))
                yield return $"{name} has a password in an address";
        }
    }

    private static IEnumerable<string> Ports(IReadOnlyDictionary<string, object> service) =>
        service.ListAt("ports").OfType<string>().Where(p => !LocalPort().IsMatch(p)).Select(p => $"port {p} is open to every network");

    private static IEnumerable<string> Health(IReadOnlyDictionary<string, object> service)
    {
        var check = service.MapAt("healthcheck");
        var asks = check.ListAt("test").Count > 1 || check.TextAt("test").Length > 0;
        if ((!asks || check.TextAt("disable") == "true") && !service.ListAt("profiles").Intersect(s_commandProfiles).Any())
            yield return "no healthcheck";
    }

    [GeneratedRegex("PASSWORD|SECRET|TOKEN|KEY", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretName();

    [GeneratedRegex("(_FILE|File)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();

    [GeneratedRegex("://[^/@ :]+:[^/@ ]+@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PasswordInAddress();

    [GeneratedRegex(@"^(127\.0\.0\.1:|\$\{SIAGA_BIND:-127\.0\.0\.1\}:)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LocalPort();

    [GeneratedRegex(@"^(\$\{[^}]*\}|[^:])+:", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedVolume();
}
