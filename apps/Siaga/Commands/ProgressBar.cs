using Spectre.Console;

namespace Siaga.App.Siaga.Commands;

/// <summary>Shows a progress bar on standard error if that is a terminal.</summary>
internal static class ProgressBar
{
    /// <param name="what">The text before the bar.</param>
    /// <param name="total">The number of steps.</param>
    /// <param name="run">Calls its argument after each step, from any thread.</param>
    public static async Task RunAsync(string what, int total, Func<Action, Task> run)
    {
        if (Console.IsErrorRedirected || total < 2)
        {
            await run(() => { });
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(what, maxValue: total);
                await run(() => task.Increment(1));
            });
    }
}
