using System.CommandLine;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>The options by which a command finds an installation and its settings.</summary>
public sealed class SettingsOptions
{
    private readonly Option<DirectoryInfo> _data = new("--data")
    {
        Description = "The data folder, with databases, broker, clips and secrets; created if missing.",
        DefaultValueFactory = _ => new DirectoryInfo("siaga-data"),
    };

    private readonly Option<FileInfo?> _config = new("--config")
    {
        Description = "The settings file. Default: siaga.json in the working folder, if it exists.",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A setting such as Worker:Concurrency=4; overrides file and environment.",
        HelpName = "KEY=VALUE",
    };

    private SettingsOptions() => _set.Validators.Add(result =>
    {
        foreach (var bad in result.Tokens.Where(t => t.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            result.AddError($"--set must be KEY=VALUE, not '{bad.Value}'.");
    });

    /// <summary>Gives a command these options.</summary>
    public static SettingsOptions AddTo(Command command)
    {
        var options = new SettingsOptions();
        command.Options.Add(options._data);
        command.Options.Add(options._config);
        command.Options.Add(options._set);
        return options;
    }

    /// <summary>The data folder, whether it exists or not.</summary>
    public DirectoryInfo DataOf(ParseResult parsed) => parsed.GetValue(_data)!;

    /// <summary>Settings for services that listen.</summary>
    public HostSettings Of(ParseResult parsed, string bind, int port, bool json) => new(
        DataOf(parsed).FullName, bind, port, json, parsed.GetValue(_config)?.FullName, Given(parsed));

    /// <summary>Settings for a command that reads their data: it reports errors itself, so logging is off.</summary>
    public HostSettings QuietlyOf(ParseResult parsed)
    {
        var settings = Given(parsed);
        foreach (var category in (string[])["Default", "Siaga", "Microsoft"])
            settings[$"Logging:LogLevel:{category}"] = "None";
        return new HostSettings(DataOf(parsed).FullName, "127.0.0.1", 0, Json: false, parsed.GetValue(_config)?.FullName, settings);
    }

    private Dictionary<string, string?> Given(ParseResult parsed)
    {
        var given = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in parsed.GetValue(_set) ?? [])
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            given.Add(setting[..equals], setting[(equals + 1)..]);
        }

        return given;
    }
}
