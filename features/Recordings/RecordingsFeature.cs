using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>A camera's stored clips: lists, days, playback and export.</summary>
public static class RecordingsFeature
{
    public static IServiceCollection AddRecordings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<RecordingsOptions, RecordingsOptionsValidator>(configuration, RecordingsOptions.Section);
        services.AddTables<BackendDb, RecordingModel>();
        services.AddSingleton<RecordingLinks>();
        services.AddScoped<ListRecordings.Handler>();
        services.AddScoped<ShowDay.Handler>();
        services.AddScoped<LastPicture.Storing>();
        services.AddScoped<IClipProduct>(sp => sp.GetRequiredService<LastPicture.Storing>());
        services.AddScoped<CameraStatusQuery>();
        services.AddScoped<ICameraFootage>(sp => sp.GetRequiredService<CameraStatusQuery>());
        services.AddScoped<IObjectOwner, RecordingObjects>();
        services.AddScoped<IObjectOwner, LastPictureObjects>();
        services.AddScoped<IObjectOwner, CopyObjects>();
        services.AddScoped<ICameraEvidence, RecordingEvidence>();
        services.AddConsumer<KeepRecording, ClipStored>(
            MessageJsonContext.Default.ClipStored, _ => new Subscription(Routes.RecordingsQueue));
        return services;
    }

    public static void MapRecordings(this IEndpointRouteBuilder routes)
    {
        ListRecordings.Map(routes);
        ShowDay.Map(routes);
        ShowRecordedClip.Map(routes);
        LastPicture.Map(routes);
        StoreClipProducts.Map(routes);
        ExportClip.Map(routes);
        AskForPlayable.Map(routes);
        StorePlayable.Map(routes);
    }
}
