using Siaga.Bench.Analysis;
using Siaga.Inference.Onnx;

OnnxTelemetry.TurnOff();

// The bounds and figures that bench/README.md quotes; see there for the commands.
return args switch
{
    ["clips", .. var clips] when clips.Length > 0 => ClipsBench.Run(clips),
    ["worker", .. var clips] when clips.Length > 0 => await WorkerBench.RunAsync(clips),
    ["alert"] => await AlertBench.RunAsync(300),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bench/Analysis: clips CLIP… | worker CLIP… | alert");
    return 2;
}
