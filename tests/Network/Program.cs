using Siaga.Tests.Network;
using Xunit.Runner.InProc.SystemConsole;

// Tests start normally. "inside" runs the watched job in its own network, "model" a program that loads ONNX Runtime directly.
return args switch
{
    ["inside", var job, var folder] => await Inside.RunAsync(job, folder),
    ["model", var way] => BareModel.Run(way),
    _ => await ConsoleRunner.Run(args),
};
