using Siaga.Tests.Chaos;
using Siaga.Tests.Servers;

// eng/chaos passes a run; without one this is an ordinary test program.
if (args is not ["run", ..])
    return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
try
{
    return await ChaosCommand.Create().Parse(args[1..]).InvokeAsync();
}
finally
{
    await KeptServer.StopAsync();
}
