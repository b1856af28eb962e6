using System.CommandLine;
using Microsoft.Extensions.Options;
using Siaga.App.Siaga.Hosting;
using Siaga.Composition.Wiring;

namespace Siaga.App.Siaga.Commands;

/// <summary><c>siaga up</c>: everything in one process, on one port, in one folder.</summary>
internal static class UpCommand
{
    private static readonly Option<DirectoryInfo> s_data = new("--data")
    {
        Description = "The folder of databases, broker, clips and secrets; made when missing.",
        DefaultValueFactory = _ => new DirectoryInfo("siaga-data"),
    };

    private static readonly Option<int> s_port = new("--port")
    {
        Description = "The port on which it listens; 0 takes a free one.",
        DefaultValueFactory = _ => 8080,
    };

    private static readonly Option<string> s_bind = new("--bind")
    {
        Description = "The address on which it listens.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "One line of JSON on standard output once it listens." };

    public static Command Create()
    {
        var command = new Command("up", "Runs Backend and Ingestion in one process.") { s_data, s_port, s_bind, s_json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new UpSettings(parsed.GetValue(s_data)!.FullName, parsed.GetValue(s_bind)!, parsed.GetValue(s_port), parsed.GetValue(s_json)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(UpSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Port is < 0 or > 65535)
            return await RefuseAsync($"--port is 0 to 65535, not {settings.Port}.");
        try
        {
            await AllInOne.RunAsync(settings, cancellationToken);
            return ExitCodes.Done;
        }
        catch (DataFolderInUseException e)
        {
            return await RefuseAsync(e.Message);
        }
        catch (OptionsValidationException e)
        {
            return await RefuseAsync($"These settings are wrong: {string.Join(" ", e.Failures)}");
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // What stops a start: an unknown setting, a folder that cannot be written, a port that is taken.
            return await RefuseAsync(e.Message.ReplaceLineEndings(" "));
        }
    }

    private static async Task<int> RefuseAsync(string message)
    {
        await Console.Error.WriteLineAsync($"siaga up: {message}");
        return ExitCodes.BadInput;
    }
}
