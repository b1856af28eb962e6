using Microsoft.Extensions.Configuration;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>Reads settings from <c>siaga.json</c>, the environment (<c>SIAGA__…</c>) and the command line. Later ones win.</summary>
internal static class HostConfiguration
{
    private const string DefaultFile = "siaga.json";

    private static readonly Dictionary<string, string[]?> s_sections = new(StringComparer.OrdinalIgnoreCase)
    {
        // Sections with names listed here have no options class that would refuse unknown names.
        ["Admin"] = ["Email", "Password", "PasswordFile"],
        ["Auth"] = null,
        ["Backend"] = null,
        ["Compatibility"] = null,
        ["Database"] = null,
        ["Ingestion"] = null,
        ["Logging"] = ["Format", "LogLevel"],
        ["Messaging"] = null,
        ["ServiceTokens"] = null,
        ["Storage"] = null,
        ["Telemetry"] = null,
        ["Watchdog"] = null,
        ["Web"] = null,
        ["Worker"] = null,
    };

    public static void Load(ConfigurationManager configuration, HostSettings settings)
    {
        configuration.Sources.Clear();
        if (settings.ConfigFile is { } named && !File.Exists(named))
            throw new InvalidOperationException($"There is no settings file {named}.");
        configuration
            .AddJsonFile(Path.GetFullPath(settings.ConfigFile ?? DefaultFile), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables("SIAGA__")
            .AddInMemoryCollection(settings.Settings);
        RefuseUnknown(configuration);
    }

    internal static void RefuseUnknown(IConfiguration configuration)
    {
        var unknown = configuration.GetChildren().SelectMany(section =>
        {
            if (!s_sections.TryGetValue(section.Key, out var names))
                return [section.Path];
            return names is null
                ? []
                : section.GetChildren().Where(c => !names.Contains(c.Key, StringComparer.OrdinalIgnoreCase)).Select(c => c.Path);
        }).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException(
                $"Unknown settings: {string.Join(", ", unknown)}. Known sections are {string.Join(", ", s_sections.Keys)}.");
        }
    }
}
