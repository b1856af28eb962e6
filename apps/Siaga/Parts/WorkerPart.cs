using Siaga.Composition.Wiring.Hosting;
using Siaga.Composition.Worker;

namespace Siaga.App.Parts;

internal static class WorkerPart
{
    public static ServicePart Create() => new("worker", 8082)
    {
        Add = (services, configuration) => services.AddWorker(configuration),
        Verify = (services, _) => WorkerService.Verify(services),
        BackendUrlSetting = "Worker:BackendUrl",
    };
}
