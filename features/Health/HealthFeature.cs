using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Web;

namespace Siaga.Health;

/// <summary>Liveness and readiness of the Backend, and a report on every part of the system.</summary>
public static class HealthFeature
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<IReadiness, BackendReadiness>();
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthz();
        ReportHealth.Map(routes);
    }
}
