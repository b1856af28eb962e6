using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Siaga.App.Parts;
using Siaga.BlobStorage;
using Siaga.Composition.Wiring;
using Siaga.Composition.Wiring.Hosting;

namespace Siaga.App.Siaga.Commands;

/// <summary><c>siaga storage</c>: copies the clip store's objects to a folder and back, for a backup or a move to another store.</summary>
internal static class StorageCommand
{
    private static readonly Argument<DirectoryInfo> s_folder = new("folder")
    {
        Description = "The folder of the copy, with objects/ and list.tsv.",
    };

    private static readonly Option<DateTimeOffset?> s_until = new("--until")
    {
        Description = "Skips objects stored after this time, such as 2026-11-29T12:00:00Z.",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Prints one line of JSON to standard output." };

    public static Command Create() => new("storage", "Exports and imports the stored clips and pictures.")
    {
        Give(
            new Command("export", "Copies every object to a folder; a repeated run copies only missing objects.") { s_until },
            (archive, parsed, found, copied, token) => archive.ExportAsync(parsed.GetValue(s_until), found, copied, token)),
        Give(
            new Command("import", "Copies an export back into the store; a repeated run copies only missing objects."),
            (archive, _, found, copied, token) => archive.ImportAsync(found, copied, token)),
    };

    private static Command Give(
        Command command, Func<StorageArchive, ParseResult, Action<long>, Action, CancellationToken, Task<ArchiveResult>> copy)
    {
        command.Add(s_folder);
        command.Add(s_json);
        var settings = SettingsOptions.AddTo(command);
        var what = command.Name == "export" ? "Exporting" : "Importing";
        command.SetAction((parsed, token) => ServiceCommand.RefusingAsync(
            $"storage {command.Name}", () => RunAsync(parsed, settings, what, copy, token)));
        return command;
    }

    private static async Task RunAsync(
        ParseResult parsed,
        SettingsOptions settings,
        string what,
        Func<StorageArchive, ParseResult, Action<long>, Action, CancellationToken, Task<ArchiveResult>> copy,
        CancellationToken cancellationToken)
    {
        await using var services = ServiceHost.Open(settings.QuietlyOf(parsed), [IngestionPart.Create()]);
        await services.PrepareStorageAsync(cancellationToken);
        var archive = new StorageArchive(services.GetRequiredService<IBlobStorage>(), parsed.GetRequiredValue(s_folder).FullName);
        ArchiveResult? result = null;

        // The total is known only once the objects are listed, and the bar needs it first.
        var (total, steps) = (new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously), new EarlySteps());
        var copying = copy(archive, parsed, total.SetResult, steps.Add, cancellationToken);
        await Task.WhenAny(total.Task, copying);
        if (total.Task.IsCompletedSuccessfully)
        {
            await ProgressBar.RunAsync(what, (int)Math.Min(await total.Task, int.MaxValue), async step =>
            {
                steps.ShowOn(step);
                result = await copying;
            });
        }

        result ??= await copying;
        Console.Out.WriteLine(parsed.GetValue(s_json) ? ArchiveReport.AsJson(result) : ArchiveReport.AsText(result));
    }
}
