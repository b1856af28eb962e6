using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Web;

namespace Siaga.Health;

/// <summary>Whether the Backend lives, is ready, and how everything else is.</summary>
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
