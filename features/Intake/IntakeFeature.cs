using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Web;

namespace Siaga.Intake;

/// <summary>Receives clips, makes them durable and hands each over as one message.</summary>
public static class IntakeFeature
{
    /// <summary>The meter of uploads.</summary>
    public const string MeterName = "Siaga.Intake";

    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<IntakeOptions, IntakeOptionsValidator>(configuration, IntakeOptions.Section);
        services.AddTables<IngestionDb, IntakeTables>();
        services.TryAddSingleton<BackendAddress>();
        services.AddHttpClient(BackendKeys.ClientName, client => client.Timeout = TimeSpan.FromSeconds(10));
        services.AddSingleton<BackendKeys>();
        services.AddSingleton<CameraKeyCache>();
        services.AddSingleton<AnonymousIngestion>();
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<IReadiness, IngestionReadiness>();
        services.AddScoped<ClipStore>();
        services.AddScoped<IObjectOwner, ClipObjects>();
        services.AddScoped<ClipReceiver>();
        services.AddHostedService<CameraKeyRefresher>();
        services.AddHostedService<InterruptedUploads>();
        services.AddHeartbeat(sp => new HeartbeatSource("ingestion", "internal/ingestions/heartbeat", HeartbeatRegistration.ProcessName)
        {
            Credential = ("X-Ingestion-Token", sp.GetRequiredService<IOptions<ServiceTokenOptions>>().Value.Ingestion ?? ""),
        });
        services.AddConsumer<AnalysisRecordedHandler>(_ => new Subscription(Routes.ClipStatesQueue) { Concurrency = 2 });
        services.AddConsumer<CameraPurgedHandler>(_ => new Subscription(Routes.PurgesQueue));
        return services;
    }

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        ReceiveClip.Map(routes);
        ShowClip.Map(routes);
    }
}
