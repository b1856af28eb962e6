using Siaga.Tests.Keras;
using Siaga.Tests.Keras.Fuzz;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Tests start normally. "fuzz" is the long run of eng/fuzz-keras, "fuzz-child" the process that may crash in both runs.
return args switch
{
    ["fuzz", .. var rest] => FuzzCommand.Run(rest),
    ["fuzz-child", .. var rest] => FuzzChild.Run(rest),
    _ when args.Any(a => a is "--server" or "--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).ConfigureAwait(false),
    _ => await ConsoleRunner.Run(args).ConfigureAwait(false),
};
