using System.CommandLine;
using Microsoft.Extensions.Options;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>The command line of a service: its data folder, its address and the settings that it overrides.</summary>
public sealed class ServiceCommand
{
    /// <summary>The exit code of a command that cannot run as it was given.</summary>
    public const int BadInput = 2;

    /// <summary>The exit code of a process that its own <see cref="Watchdog"/> ended.</summary>
    public const int Hung = 70;

    private readonly Option<int> _port;

    private readonly Option<string> _bind = new("--bind")
    {
        Description = "The address to listen on.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints one line of JSON to standard output once it listens.",
    };

    private readonly IReadOnlyList<ServicePart> _parts;

    private ServiceCommand(IReadOnlyList<ServicePart> parts)
    {
        _parts = parts;
        _port = new Option<int>("--port")
        {
            Description = "The port to listen on; 0 chooses a free one.",
            DefaultValueFactory = _ => parts[0].Port,
        };
        _port.Validators.Add(result =>
        {
            if (int.TryParse(result.Tokens is [{ } token, ..] ? token.Value : "", out var port) && port is < 0 or > 65535)
                result.AddError($"--port must be from 0 to 65535, not {port}.");
        });
    }

    /// <summary>Gives a command the options and the action that run these services.</summary>
    public static T Give<T>(T command, IReadOnlyList<ServicePart> parts)
        where T : Command
    {
        var service = new ServiceCommand(parts);
        var settings = SettingsOptions.AddTo(command);
        Option[] options = [service._port, service._bind, service._json];
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => RefusingAsync(
            command.Name, () => ServiceHost.RunAsync(service.SettingsOf(settings, parsed), service._parts, cancellationToken)));
        return command;
    }

    /// <summary>Runs the command line of a service's own executable.</summary>
    public static async Task<int> RunAloneAsync(string name, string description, ServicePart part, string[] args)
    {
        var parsed = Give(new RootCommand(description), [part]).Parse(args);
        if (parsed.Errors.Count == 0)
            return await CommandLine.RunAsync(parsed);
        await Console.Error.WriteLineAsync($"{name}: {string.Join(" ", parsed.Errors.Select(e => e.Message))} (see '{name} --help')");
        return BadInput;
    }

    /// <summary>Runs an action, and turns what stops a start into one line and an exit code.</summary>
    public static async Task<int> RefusingAsync(string name, Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (OptionsValidationException e)
        {
            return await RefuseAsync(name, Wrong(e.Failures));
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            // From more than one section.
            return await RefuseAsync(name, Wrong(e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)));
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (e is DataFolderInUseException or InvalidOperationException or IOException
            or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            // An unknown setting, a folder that is not writable, a port that is in use.
            return await RefuseAsync(name, e.Message.ReplaceLineEndings(" "));
        }
    }

    private static string Wrong(IEnumerable<string> failures) => $"Invalid settings: {string.Join(" ", failures)}";

    private static async Task<int> RefuseAsync(string name, string message)
    {
        await Console.Error.WriteLineAsync($"{(name.StartsWith("siaga", StringComparison.Ordinal) ? name : $"siaga {name}")}: {message}");
        return BadInput;
    }

    private HostSettings SettingsOf(SettingsOptions settings, ParseResult parsed) =>
        settings.Of(parsed, parsed.GetValue(_bind)!, parsed.GetValue(_port), parsed.GetValue(_json));
}
