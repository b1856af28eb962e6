using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Intake;
using Siaga.Web;
using Siaga.Web.OpenApi;

namespace Siaga.Composition.Ingestion;

/// <summary>The parts of Ingestion. Which database, storage and broker stand behind them is not decided here.</summary>
public static class IngestionService
{
    /// <summary>Adds Ingestion. Its database, object storage, publisher and broker come from whoever hosts it.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSiagaWeb(configuration);
        services.AddAccessTokens(configuration);
        services.AddSiagaOpenApi();
        services.AddIntake(configuration);
        services.AddLargeReceiveBlocks();
        return services;
    }

    /// <summary>Maps Ingestion's endpoints, and the pipeline unless another service in this process has done so.</summary>
    public static void MapIngestion(this WebApplication app)
    {
        app.UseSiagaWeb();
        app.MapSiagaOpenApi();
        app.MapIntake();
    }
}
