using Siaga.Bench.Cluster;
using Siaga.Inference.Onnx;
using Siaga.Tests.Servers;

OnnxTelemetry.TurnOff();

// The figures for several machines in bench/README.md, which lists the commands.
try
{
    return args switch
    {
        ["ingest"] => await IngestBench.RunAsync(clips: 16, megabytes: 10),
        ["small"] => await IngestBench.SaturateAsync(TimeSpan.FromSeconds(20)),
        ["queue"] => await QueueBench.RunAsync(5_000),
        ["alert", .. var workers] => await AlertBench.RunAsync(
            workers is [var one] && int.TryParse(one, out var count) && count is > 0 and <= 16 ? [count] : [1, 2, 4]),
        _ => Usage(),
    };
}
finally
{
    await KeptServer.StopAsync();
}

static int Usage()
{
    Console.Error.WriteLine("bench/Cluster: ingest | small | queue | alert [WORKERS]");
    return 2;
}
