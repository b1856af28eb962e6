using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Operations;

/// <summary>For the people who run the system: which services live, how full the queues are, and dead letters.</summary>
public static class OperationsFeature
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddTables<BackendDb, ServiceSightingModel>();
        services.AddSingleton<BrokerAdmin>();
        services.AddSingleton<IHealthProbe, IngestionProbe>();
        services.AddSingleton<IHealthProbe, WorkerProbe>();
        return services;
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        ReceiveHeartbeat.Map(routes);
        ListQueues.Map(routes);
        ListWorkers.Map(routes);
        ListDeadLetters.Map(routes);
        ReplayDeadLetter.Map(routes);
        DropDeadLetter.Map(routes);
    }
}
