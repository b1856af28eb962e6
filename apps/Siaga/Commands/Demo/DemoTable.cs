using System.Globalization;
using Spectre.Console;

namespace Siaga.App.Siaga.Commands.Demo;

/// <summary>Shows the demonstration's results to people.</summary>
internal static class DemoTable
{
    public static void Write(IReadOnlyList<DemoResult> results)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Clip", "Verdict", "Label");
        foreach (var heading in (string[])["Confidence", "Arrival → report", "Arrival → alarm", "Matches TensorFlow"])
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (var result in results)
        {
            table.AddRow(
                Markup.Escape(result.Clip),
                result.Anomaly switch { true => "[red]anomaly[/]", false => "[green]normal[/]", _ => "[yellow]no result[/]" },
                Markup.Escape(result.Label ?? "-"),
                result.Confidence?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-",
                Seconds(result.SecondsToReport),
                Seconds(result.SecondsToAlarm),
                result.IsAsExpected ? "[green]yes[/]" : "[red]no[/]");
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = 140;
        console.Write(table);
    }

    private static string Seconds(double? seconds) =>
        seconds is { } s ? string.Create(CultureInfo.InvariantCulture, $"{s:0.00} s") : "-";
}
