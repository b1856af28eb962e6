using System.CommandLine;
using Siaga.App.Parts;
using Siaga.App.Siaga.Commands;
using Siaga.App.Siaga.Commands.Demo;
using Siaga.App.Siaga.Commands.Scene;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Inference.Onnx;
using Siaga.Video.OpenCv;

OnnxTelemetry.TurnOff();
OpenCvMessages.TurnOff();
var root = new RootCommand("Siaga: smart CCTV that stores every clip, analyses it and alerts people within seconds.")
{
    ServiceCommand.Give(
        new Command("up", "Runs Backend, Ingestion and Worker in one process."),
        [BackendPart.Create(), IngestionPart.Create(), WorkerPart.Create()]),
    ServiceCommand.Give(new Command("backend", "Runs only the Backend."), [BackendPart.Create()]),
    ServiceCommand.Give(new Command("ingestion", "Runs only Ingestion."), [IngestionPart.Create()]),
    ServiceCommand.Give(new Command("worker", "Runs only a Worker."), [WorkerPart.Create()]),
    DemoCommand.Create(),
    AnalyseCommand.Create(),
    ModelCommand.Create(),
    SceneCommand.Create(),
    CheckCommand.Create(),
    StorageCommand.Create(),
    MigrateCommand.Create(),
    TasksCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync($"siaga: {string.Join(" ", parsed.Errors.Select(e => e.Message))} (see 'siaga --help')");
    return ExitCodes.BadInput;
}

return await CommandLine.RunAsync(parsed);
