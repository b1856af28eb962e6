using Siaga.Composition.Wiring.Hosting;
using Siaga.Tests.Siaga;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Tests start normally; "starving" is the process that WatchdogTests makes hang.
return args switch
{
    ["starving", .. var rest] =>
        await ServiceCommand.RunAloneAsync("siaga-starving", "A service that can be made to hang.", StarvingPart.Create(), rest),
    _ when args.Any(a => a is "--server" or "--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).ConfigureAwait(false),
    _ => await ConsoleRunner.Run(args).ConfigureAwait(false),
};
