using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Database;

namespace Siaga.App.Siaga.Commands;

/// <summary><c>siaga migrate</c>: migrates the services' databases to the current schema.</summary>
internal static class MigrateCommand
{
    private static readonly Option<bool> s_pending = new("--pending")
    {
        Description = "Only lists pending migrations; exits with code 1 if there are any.",
    };

    private static readonly Option<bool> s_json = new("--json")
    {
        Description = "Prints one line of JSON per database to standard output.",
    };

    public static Command Create()
    {
        var command = new Command("migrate", "Migrates the databases to the current schema; safe to repeat, and while services run.")
        {
            s_pending, s_json,
        };
        var settings = SettingsOptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var code = ExitCodes.Failed;
            var started = await ServiceCommand.RefusingAsync(
                "migrate", async () => code = await RunAsync(parsed, settings, cancellationToken));
            return started == 0 ? code : started;
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, SettingsOptions settings, CancellationToken cancellationToken)
    {
        await using var services = ServiceHost.Open(settings.QuietlyOf(parsed), [BackendPart.Create(), IngestionPart.Create()]);
        var (onlyLook, json) = (parsed.GetValue(s_pending), parsed.GetValue(s_json));
        var found = 0;
        foreach (var migrator in services.GetServices<IMigrator>().ToList())
        {
            var steps = onlyLook ? migrator.GetPending() : await migrator.MigrateAsync(cancellationToken);
            found += steps.Count;
            Console.Out.WriteLine(json ? AsJson(migrator, steps, onlyLook) : AsText(migrator, steps, onlyLook));
        }

        return onlyLook && found > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static string AsJson(IMigrator migrator, IReadOnlyList<MigrationStep> steps, bool onlyLook)
    {
        var told = steps.Select(s => new { version = s.Version, name = s.Name }).ToArray();
        return onlyLook
            ? JsonSerializer.Serialize(new { database = migrator.Database, engine = migrator.Engine, pending = told })
            : JsonSerializer.Serialize(new { database = migrator.Database, engine = migrator.Engine, applied = told });
    }

    private static string AsText(IMigrator migrator, IReadOnlyList<MigrationStep> steps, bool onlyLook)
    {
        var done = onlyLook ? "pending" : "applied";
        var what = steps.Count switch
        {
            0 => "up to date",
            1 => $"1 migration {done}: {steps[0].Name}",
            _ => $"{steps.Count} migrations {done}: {string.Join(", ", steps.Select(s => s.Name))}",
        };
        return $"{migrator.Database} ({migrator.Engine}): {what}";
    }
}
