using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.SceneModels;

/// <summary>
/// Which version of a camera's scene counts, and which scene updates wait to be merged in the next. Only workers know their content.
/// </summary>
public static class SceneModelsFeature
{
    public static IServiceCollection AddSceneModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<SceneOptions, SceneOptionsValidator>(configuration, SceneOptions.Section);
        services.AddTables<BackendDb, SceneTables>();
        services.AddScoped<SceneRepository>();
        services.AddScoped<ICameraScenes>(sp => sp.GetRequiredService<SceneRepository>());
        services.AddScoped<SceneSweeping>();
        services.AddScoped<SubmitSceneUpdate.Handler>();
        services.AddScoped<PublishSceneVersion.Handler>();
        services.AddScoped<IClipProduct, SceneUpdateProduct>();
        services.AddScoped<IObjectOwner, SceneObjects>();
        services.AddScoped<ICameraEvidence, SceneEvidence>();
        services.AddScoped<IEventRenderer, CameraMoved>();
        return services;
    }

    public static void MapSceneModels(this IEndpointRouteBuilder routes)
    {
        SceneLookup.Map(routes);
        SubmitSceneUpdate.Map(routes);
        PublishSceneVersion.Map(routes);
    }
}
