using System.CommandLine;
using Siaga.App.Siaga.Commands;

var root = new RootCommand("Siaga: smart CCTV that stores every clip, analyses it and tells people within seconds.")
{
    UpCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync($"siaga: {string.Join(" ", parsed.Errors.Select(e => e.Message))} (see 'siaga --help')");
    return ExitCodes.BadInput;
}

return await parsed.InvokeAsync();
