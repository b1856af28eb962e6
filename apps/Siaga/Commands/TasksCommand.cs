using System.CommandLine;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Messaging;

namespace Siaga.App.Siaga.Commands;

/// <summary><c>siaga tasks dead list|replay|drop</c>: lists dead letters, and puts them back or removes them.</summary>
internal static class TasksCommand
{
    private const int Most = 10_000;

    private static readonly Option<bool> s_json = new("--json")
    {
        Description = "Prints one line of JSON per dead letter to standard output.",
    };

    private static readonly Option<bool> s_all = new("--all") { Description = "All dead letters." };

    private static readonly Option<int> s_limit = new("--limit")
    {
        Description = "The largest number of dead letters to list, oldest first.",
        DefaultValueFactory = _ => 100,
    };

    private static readonly Argument<long[]> s_ids = new("ID")
    {
        Description = "The ids of dead letters, as 'list' shows them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create() => new("tasks", "Manages the messages in the queues.")
    {
        new Command("dead", "Dead letters: messages that were given up.")
        {
            Give(
                new Command("list", "Lists dead letters with their reasons, oldest first.") { s_limit, s_json },
                "tasks dead list",
                ListAsync),
            Give(new Command("replay", "Puts dead letters back into their queues, as new.") { s_ids, s_all, s_json }, "tasks dead replay",
                (parsed, broker, cancel) => EachAsync(parsed, broker, "replayed", broker.ReplayDeadLetterAsync, cancel)),
            Give(new Command("drop", "Deletes dead letters for good.") { s_ids, s_all, s_json }, "tasks dead drop",
                (parsed, broker, cancel) => EachAsync(parsed, broker, "dropped", broker.DropDeadLetterAsync, cancel)),
        },
    };

    private static Command Give(Command command, string name, Func<ParseResult, IMessageBroker, CancellationToken, Task<int>> run)
    {
        var settings = SettingsOptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var code = ExitCodes.Failed;
            var started = await ServiceCommand.RefusingAsync(name, async () =>
            {
                await using var services = ServiceHost.Open(settings.QuietlyOf(parsed), [WorkerPart.Create()]);
                var broker = services.GetRequiredService<IMessageBroker>();
                code = await RunAsync(name, () => run(parsed, broker, cancellationToken));
            });
            return started == 0 ? code : started;
        });
        return command;
    }

    private static async Task<int> RunAsync(string name, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is not OperationCanceledException and not InvalidOperationException and not IOException)
        {
            // Each broker has its own exceptions for a server that does not answer.
            return await Refusal.SayAsync(name, $"The broker does not answer: {e.Message}");
        }
    }

    private static async Task<int> ListAsync(ParseResult parsed, IMessageBroker broker, CancellationToken cancellationToken)
    {
        var letters = await broker.GetDeadLettersAsync(Math.Clamp(parsed.GetValue(s_limit), 1, Most), cancellationToken);
        foreach (var letter in letters)
            await Console.Out.WriteLineAsync(parsed.GetValue(s_json) ? AsJson(letter) : AsText(letter));

        // On standard error, so that a script that counts lines counts dead letters.
        if (letters.Count == 0 && !parsed.GetValue(s_json))
            await Console.Error.WriteLineAsync("There are no dead letters.");
        return ExitCodes.Done;
    }

    private static async Task<int> EachAsync(
        ParseResult parsed,
        IMessageBroker broker,
        string done,
        Func<long, CancellationToken, Task<bool>> change,
        CancellationToken cancellationToken)
    {
        var ids = parsed.GetValue(s_ids) ?? [];
        if (parsed.GetValue(s_all))
            ids = [.. (await broker.GetDeadLettersAsync(Most, cancellationToken)).Select(l => l.Id)];
        else if (ids.Length == 0)
            throw new InvalidOperationException("Give the ids of dead letters, or --all.");
        var missing = 0;
        foreach (var id in ids)
        {
            var changed = await change(id, cancellationToken);
            missing += changed ? 0 : 1;
            var result = changed ? done : "not_found";
            await Console.Out.WriteLineAsync(parsed.GetValue(s_json)
                ? JsonSerializer.Serialize(new { id, result })
                : $"{id} {result.Replace('_', ' ')}");
        }

        return missing == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static string AsText(DeadLetter letter) =>
        $"{letter.Id}  {letter.DiedAt:u}  {letter.Queue}  {letter.MessageId}  {letter.Code} after "
        + (letter.Attempts == 1 ? "1 attempt: " : $"{letter.Attempts} attempts: ")
        + letter.Reason.ReplaceLineEndings(" ");

    private static string AsJson(DeadLetter letter) => JsonSerializer.Serialize(new
    {
        id = letter.Id,
        message_id = letter.MessageId,
        queue = letter.Queue,
        code = letter.Code,
        reason = letter.Reason,
        attempts = letter.Attempts,
        died_at = letter.DiedAt,
        body = Encoding.UTF8.GetString(letter.Body.Span),
    });
}
