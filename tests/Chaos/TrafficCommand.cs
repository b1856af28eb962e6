using System.CommandLine;
using System.Text.Json;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <summary>
/// Sends clips to a Siaga that is already running, for instance in containers, and counts the results. <c>eng/containers</c> uses it. The
/// last line is <c>N sent, N lost, N duplicated</c>, and the exit code is 1 unless nothing is lost or duplicated.
/// </summary>
internal static class TrafficCommand
{
    private static readonly Option<Uri> s_backend = Address("--backend", "Where the Backend answers.");

    private static readonly Option<Uri> s_ingestion = Address("--ingestion", "Where Ingestion takes clips.");

    private static readonly Option<string> s_email =
        new("--email") { Description = "The first superadmin's.", DefaultValueFactory = _ => "admin@siaga.local" };

    private static readonly Option<FileInfo> s_password =
        new("--password-file") { Description = "A file with the superadmin's password.", Required = true };

    private static readonly Option<FileInfo> s_promises =
        new("--promises") { Description = "A file for what was answered 2xx, to be counted again later.", Required = true };

    private static readonly Option<FileInfo?> s_until = new("--until") { Description = "No new clip is sent once this file exists." };

    private static readonly Option<int> s_clips =
        new("--clips") { Description = "Clips to send at most.", DefaultValueFactory = _ => 100_000 };

    private static readonly Option<double> s_rate =
        new("--rate") { Description = "Clips a second, of all cameras together.", DefaultValueFactory = _ => 2 };

    public static Command Create()
    {
        var command = new Command("traffic", "Sends clips to a Siaga that runs, waits until all of them are analysed, and counts.")
        {
            s_backend, s_ingestion, s_email, s_password, s_promises, s_until, s_clips, s_rate,
        };
        command.SetAction(SendAsync);
        return command;
    }

    public static Command CreateRecount()
    {
        var command = new Command(
            "recount",
            "Counts again what 'traffic' was promised, at this or another Siaga.") { s_backend, s_email, s_password, s_promises };
        command.SetAction(RecountAsync);
        return command;
    }

    private static async Task<int> SendAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var api = await SignInAsync(parsed);
        var run = new TrafficRun(api, parsed.GetRequiredValue(s_ingestion), line => Console.Error.WriteLine(line));
        var promises = await run.SendAsync(parsed.GetValue(s_clips), parsed.GetValue(s_rate), parsed.GetValue(s_until), cancellationToken);
        await File.WriteAllTextAsync(parsed.GetRequiredValue(s_promises).FullName, JsonSerializer.Serialize(promises), cancellationToken);
        await run.AnalysedAsync(promises, cancellationToken);
        return await CountAsync(api, promises);
    }

    private static async Task<int> RecountAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var api = await SignInAsync(parsed);
        var text = await File.ReadAllTextAsync(parsed.GetRequiredValue(s_promises).FullName, cancellationToken);
        return await CountAsync(api, JsonSerializer.Deserialize<Promises>(text)!);
    }

    private static Option<Uri> Address(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address))
                return address;
            result.AddError($"{name} is an address such as http://127.0.0.1:8080, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private static async Task<Api> SignInAsync(ParseResult parsed)
    {
        var api = new Api(parsed.GetRequiredValue(s_backend));
        await api.SignInAsync(
            parsed.GetValue(s_email)!, (await File.ReadAllTextAsync(parsed.GetRequiredValue(s_password).FullName)).Trim());
        return api;
    }

    private static async Task<int> CountAsync(Api api, Promises promises)
    {
        var reckoning = await Ledger.ReckonAsync(api, promises.Sent, promises.Cameras, _ => { });
        foreach (var wrong in reckoning.Lost.Select(l => $"lost: {l}").Concat(reckoning.Duplicated.Select(d => $"duplicated: {d}")))
            await Console.Out.WriteLineAsync(wrong);
        await Console.Out.WriteLineAsync(
            $"{promises.Sent.Count} sent, {reckoning.Lost.Count} lost, {reckoning.Duplicated.Count} duplicated");
        return promises.Sent.Count > 0 && reckoning.Lost.Count == 0 && reckoning.Duplicated.Count == 0 ? 0 : 1;
    }
}
