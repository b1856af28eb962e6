using Siaga.Tests.BlobStorage;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Tests start normally; the others are processes of S3IsolationTests, with an environment of their own.
return args switch
{
    ["use-s3", var endpoint] => await S3UserProcess.UseStorageAsync(new Uri(endpoint)),
    ["use-bare-library"] => await S3UserProcess.UseBareLibraryAsync(),
    _ when args.Any(a => a is "--server" or "--internal-msbuild-node") =>
        await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).ConfigureAwait(false),
    _ => await ConsoleRunner.Run(args).ConfigureAwait(false),
};
