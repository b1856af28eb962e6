using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>Cameras and their keys.</summary>
public static class CamerasFeature
{
    public static IServiceCollection AddCameras(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<CamerasOptions, CamerasOptionsValidator>(configuration, CamerasOptions.Section);
        services.AddTables<BackendDb, CameraModel>();
        services.AddScoped<ICameraRegistry, CameraRegistry>();
        services.AddScoped<ICompanyArchiving, EndCameraKeys>();
        services.AddSingleton<IHealthProbe, MediaServerProbe>();
        services.AddSingleton<ILiveOrigins, MediaServerOrigins>();
        services.AddScoped<CameraItems>();
        services.AddScoped<CreateCamera.Handler>();
        services.AddSingleton<CameraKeySignal>();
        services.AddSingleton<CameraPurging>();
        services.AddHostedService<CameraPurgingService>();
        return services;
    }

    public static void MapCameras(this IEndpointRouteBuilder routes)
    {
        ListCameras.Map(routes);
        CreateCamera.Map(routes);
        ChangeCamera.Map(routes);
        ArchiveCamera.Map(routes);
        PurgeCamera.Map(routes);
        MakeCameraKey.Map(routes);
        ListCameraKeys.Map(routes);
        RevokeCameraKey.Map(routes);
        CameraKeySync.Map(routes);
        CameraOwnerLookup.Map(routes);
    }
}
