using System.CommandLine;
using System.Text.Json;
using Siaga.App.Parts;
using Siaga.Composition.Wiring;
using Siaga.Composition.Wiring.Hosting;
using Spectre.Console;

namespace Siaga.App.Siaga.Commands.Demo;

/// <summary><c>siaga demo</c>: the whole product on the sample clips, through its public API.</summary>
internal static class DemoCommand
{
    private const string Email = "demo@siaga.local";

    private static readonly Option<DirectoryInfo?> s_data = new("--data")
    {
        Description = "Keeps the data in this folder. Default: a temporary folder.",
    };

    private static readonly Option<int> s_port = new("--port")
    {
        Description = "The port to listen on. Default: a free port.",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<bool> s_exit = new("--exit") { Description = "Exits after the table instead of serving on." };

    private static readonly Option<bool> s_json = new("--json")
    {
        Description = "Prints one line of JSON per clip to standard output instead of the table.",
    };

    public static Command Create()
    {
        var command = new Command("demo", "Starts everything, uploads the sample clips and shows the results.")
        {
            s_data, s_port, s_exit, s_json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var code = ExitCodes.Failed;
            var started = await ServiceCommand.RefusingAsync("demo", async () => code = await RunAsync(parsed, cancellationToken));
            return started == 0 ? code : started;
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var samples = Samples.Find();
        var kept = parsed.GetValue(s_data)?.FullName;
        var data = kept ?? Directory.CreateTempSubdirectory("siaga-demo-").FullName;
        try
        {
            var password = PasswordOf(data);
            await using var host = await ServiceHost.StartAsync(
                SettingsOf(data, parsed.GetValue(s_port), samples, password),
                [BackendPart.Create(), IngestionPart.Create(), WorkerPart.Create()],
                cancellationToken);
            await Console.Error.WriteLineAsync($"Siaga listens at {host.Address}; its data is in {data}.");
            using var client = new DemoClient(host.Address);
            if (await client.SignInAsync(Email, password, cancellationToken) is { } refused)
                return await Refusal.SayAsync("demo", refused);
            var results = await PlayAsync(client, samples, cancellationToken);
            Show(results, parsed.GetValue(s_json));
            if (!parsed.GetValue(s_exit))
                await ServeAsync(host, password, cancellationToken);
            return results.All(r => r.IsAsExpected) ? ExitCodes.Done : ExitCodes.Failed;
        }
        finally
        {
            if (kept is null)
                Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>The same password for every demonstration on this folder.</summary>
    private static string PasswordOf(string data)
    {
        using var folder = new DataFolder(data);
        return folder.Secrets.GetOrMake("demo.password", SecretFiles.NewKey);
    }

    private static HostSettings SettingsOf(string data, int port, Samples samples, string password)
    {
        // No settings file: the person's own models and accounts are meant for their cameras, not for the samples.
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Admin:Email"] = Email,
            ["Admin:Password"] = password,
            ["Worker:Model"] = samples.Model,
        };
        return new HostSettings(data, "127.0.0.1", port, Json: false, ConfigFile: null, settings);
    }

    private static async Task<IReadOnlyList<DemoResult>> PlayAsync(DemoClient client, Samples samples, CancellationToken cancellationToken)
    {
        var camera = await client.EnsureCameraAsync(cancellationToken);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var alarms = await client.ListenAsync(listening.Token);
        IReadOnlyList<DemoResult> results = [];
        await ProgressBar.RunAsync("Uploading and analysing", samples.Clips.Count * 2, async advance =>
        {
            var uploads = new List<Upload>();
            foreach (var clip in samples.Clips)
            {
                uploads.Add(await client.UploadAsync(clip, camera, uploads.Count, cancellationToken));
                advance();
            }

            results = await client.ResultsAsync(uploads, camera, alarms, advance, cancellationToken);
        });
        await listening.CancelAsync();
        return [.. results.Select(r => r with { Expected = samples.Expected.GetValueOrDefault(r.Clip) })];
    }

    private static void Show(IReadOnlyList<DemoResult> results, bool json)
    {
        if (json)
        {
            foreach (var result in results)
                Console.Out.WriteLine(JsonSerializer.Serialize(result, DemoResult.Json));
            return;
        }

        DemoTable.Write(results);
    }

    private static async Task ServeAsync(ServiceHost host, string password, CancellationToken cancellationToken)
    {
        var credentials = JsonSerializer.Serialize(new { email = Email, password }, DemoResult.Json);
        await Console.Error.WriteLineAsync(
            $"""

             Siaga keeps running; press Ctrl-C to stop it. Sign in as {Email} with the password {password}, for example:
               curl -s {host.Address}api/login -H 'Content-Type: application/json' -d '{credentials}'
             """);
        await host.WaitAsync(cancellationToken);
    }
}
