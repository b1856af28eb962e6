using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Accounts;
using Siaga.Anomalies;
using Siaga.Audit;
using Siaga.Cameras;
using Siaga.Companies;
using Siaga.Dashboard;
using Siaga.Database;
using Siaga.Health;
using Siaga.Idempotency;
using Siaga.Notifications;
using Siaga.Operations;
using Siaga.Recordings;
using Siaga.SceneModels;
using Siaga.Web;
using Siaga.Web.OpenApi;

namespace Siaga.Composition.Backend;

/// <summary>The parts of the Backend. Its database, storage and broker are chosen elsewhere (<c>composition/Wiring</c>).</summary>
public static class BackendService
{
    /// <summary>Adds the Backend. The host provides its <see cref="BackendDb"/>, object storage, publisher and broker.</summary>
    /// <exception cref="InvalidOperationException">There is an unknown section under <c>Backend</c>.</exception>
    public static IServiceCollection AddBackend(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSiagaWeb(configuration);
        services.AddAccessTokens(configuration);
        if (services.TryAddApiDocument())
            services.AddOpenApi(OpenApiRegistration.DocumentName, OpenApiRegistration.Configure);
        services.AddAccounts(configuration);
        services.AddAnomalies(configuration);
        services.AddAudit();
        services.AddCameras(configuration);
        services.AddCompanies();
        services.AddDashboard();
        services.AddHealth();
        services.AddIdempotency();
        services.AddNotifications(configuration);
        services.AddOperations();
        services.AddRecordings(configuration);
        services.AddSceneModels(configuration);
        services.RefuseUnknownSections(configuration, "Backend");
        return services;
    }

    /// <summary>Maps the Backend's endpoints, and the pipeline unless another service in this process has mapped it.</summary>
    public static void MapBackend(this WebApplication app)
    {
        app.UseSiagaWeb();
        app.MapSiagaOpenApi();
        var routes = app.MapGroup("").WithBodyLimit(BodyLimit.SmallBytes);
        routes.MapAccounts();
        routes.MapAnomalies();
        routes.MapAudit();
        routes.MapCameras();
        routes.MapCompanies();
        routes.MapHealth();
        routes.MapNotifications();
        routes.MapOperations();
        routes.MapRecordings();
        routes.MapSceneModels();
    }
}
