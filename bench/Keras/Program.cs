using Siaga.Bench.Keras;
using Siaga.Inference.Onnx;

OnnxTelemetry.TurnOff();

// The figures in bench/README.md, which lists the commands.
return args switch
{
    ["run", .. var models] when models.Length > 0 => InferenceBench.Run(models),
    ["memory", var model] => MemoryBench.Run(model),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bench/Keras: run MODEL.h5… | memory MODEL.h5");
    return 2;
}
