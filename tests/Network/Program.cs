using Siaga.Tests.Network;
using Xunit.Runner.InProc.SystemConsole;

// The tests are started as any are; "inside" is the watched job in its own network, "model" a program that loads ONNX Runtime by itself.
return args switch
{
    ["inside", var job, var folder] => await Inside.RunAsync(job, folder),
    ["model", var way] => BareModel.Run(way),
    _ => await ConsoleRunner.Run(args),
};
