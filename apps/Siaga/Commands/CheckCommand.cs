using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Siaga.App.Parts;
using Siaga.BlobStorage;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Database;
using Siaga.Primitives;

namespace Siaga.App.Siaga.Commands;

/// <summary><c>siaga check</c>: compares databases and storage, both ways.</summary>
internal static class CheckCommand
{
    private static readonly Option<bool> s_content = new("--content") { Description = "Also reads every object and compares its SHA-256." };

    private static readonly Option<bool> s_json = new("--json")
    {
        Description = "Prints one line of JSON per difference, and one with the totals, to standard output.",
    };

    public static Command Create()
    {
        var command = new Command("check", "Compares databases and storage, both ways; safe while services run.") { s_content, s_json };
        var settings = SettingsOptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var code = ExitCodes.Failed;
            var started = await ServiceCommand.RefusingAsync(
                "check", async () => code = await RunAsync(parsed, settings, cancellationToken));
            return started == 0 ? code : started;
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, SettingsOptions settings, CancellationToken cancellationToken)
    {
        var data = settings.DataOf(parsed);
        var host = settings.QuietlyOf(parsed);
        if (!data.Exists && ServiceHost.KeepsFiles(host))
            return await Refusal.SayAsync("check", $"There is no data folder {data.FullName}.");
        await using var services = ServiceHost.Open(host, [BackendPart.Create(), IngestionPart.Create()]);
        var databases = services.GetServices<IMigrator>().ToList();
        if (databases.Any(d => d.Engine == "sqlite" && !File.Exists(Path.Combine(data.FullName, d.Database + ".db"))))
            return await Refusal.SayAsync("check", $"{data.FullName} is not a data folder: it has no databases.");
        if (databases.Any(d => d.GetPending().Count > 0))
            return await Refusal.SayAsync("check", "The databases do not have the current schema; run 'siaga migrate' first.");
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("storage is compared for every company");
        var storage = scope.ServiceProvider.GetRequiredService<IBlobStorage>();
        var check = new StorageCheck(storage, [.. scope.ServiceProvider.GetServices<IObjectOwner>()], TimeProvider.System);
        var differences = new List<StorageDifference>();
        long looked = 0;
        try
        {
            var rows = await check.CountAsync(cancellationToken);
            await ProgressBar.RunAsync("Checking", (int)Math.Min(rows * 2, int.MaxValue), async advance =>
            {
                await foreach (var difference in check.RunAsync(parsed.GetValue(s_content), Looked, cancellationToken))
                {
                    differences.Add(difference);
                    Console.Out.WriteLine(parsed.GetValue(s_json) ? AsJson(difference) : AsText(difference));
                }

                void Looked()
                {
                    looked++;
                    advance();
                }
            });
        }
        catch (DbException e)
        {
            return await Refusal.SayAsync(
                "check", $"The databases of {data.FullName} cannot be read ({e.Message}); start the services on this folder once.");
        }

        Console.Out.WriteLine(parsed.GetValue(s_json)
            ? JsonSerializer.Serialize(new { looked, differences = differences.Count })
            : string.Create(CultureInfo.InvariantCulture, $"{looked} rows and objects checked, {Counted(differences.Count)}"));
        return differences.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string Counted(int differences) =>
        string.Create(CultureInfo.InvariantCulture, $"{differences} {(differences == 1 ? "difference" : "differences")}");

    private static string AsJson(StorageDifference difference) => JsonSerializer.Serialize(
        new { kind = difference.Kind, key = difference.Key, owner = difference.Owner, message = difference.Message });

    private static string AsText(StorageDifference difference) =>
        $"{difference.Kind,-15} {difference.Owner ?? "storage",-10} {difference.Key}  {difference.Message}";
}
