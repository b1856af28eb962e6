using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Intake;
using Siaga.Web;
using Siaga.Web.OpenApi;

namespace Siaga.Composition.Ingestion;

/// <summary>The parts of Ingestion. Its database, storage and broker are chosen elsewhere (<c>composition/Wiring</c>).</summary>
public static class IngestionService
{
    /// <summary>Adds Ingestion. The host provides its database, object storage, publisher and broker.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSiagaWeb(configuration);
        services.AddAccessTokens(configuration);
        if (services.TryAddApiDocument())
            services.AddOpenApi(OpenApiRegistration.DocumentName, OpenApiRegistration.Configure);
        services.AddIntake(configuration);
        services.AddLargeReceiveBlocks();
        return services;
    }

    /// <summary>Maps Ingestion's endpoints, and the pipeline unless another service in this process has mapped it.</summary>
    public static void MapIngestion(this WebApplication app)
    {
        app.UseSiagaWeb();
        app.MapSiagaOpenApi();
        app.MapIntake();
    }
}
