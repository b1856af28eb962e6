namespace Siaga.App.Siaga.Commands;

/// <summary>Refuses what cannot be done as it was asked for: one line, exit code 2.</summary>
internal static class Refusal
{
    public static async Task<int> SayAsync(string command, string message)
    {
        await Console.Error.WriteLineAsync($"siaga {command}: {message.ReplaceLineEndings(" ")}");
        return ExitCodes.BadInput;
    }
}
