using Siaga.Tests.Chaos;

// eng/chaos names a run; without one it is a test program as the others are.
return args is ["run", ..]
    ? await ChaosCommand.Create().Parse(args[1..]).InvokeAsync()
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
