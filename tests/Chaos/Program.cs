using Siaga.Tests.Chaos;
using Siaga.Tests.Servers;

// eng/chaos names a run; without one it is a test program as the others are.
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
