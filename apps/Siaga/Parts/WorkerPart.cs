using Siaga.Composition.Wiring.Hosting;
using Siaga.Composition.Worker;

namespace Siaga.App.Parts;

internal static class WorkerPart
{
    /// <param name="optional">Without a model nothing is analysed: clips are kept and wait in the queue, until a start that has one.</param>
    public static ServicePart Create(bool optional = false) => new("worker", 8082)
    {
        Add = (services, configuration) =>
        {
            if (!optional || configuration["Worker:Model"] is not null)
                services.AddWorker(configuration);
            else
                WorkerService.RequireKnownSettings(configuration);
        },
        Verify = (services, configuration) =>
        {
            if (!optional || configuration["Worker:Model"] is not null)
                WorkerService.RequireModel(services);
        },
        BackendUrlSetting = "Worker:BackendUrl",
    };
}
