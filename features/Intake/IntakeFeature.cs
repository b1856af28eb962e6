using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Siaga.Backend;
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

    private const string TokenHeader = "X-Ingestion-Token";

    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<IntakeOptions, IntakeOptionsValidator>(configuration, IntakeOptions.Section);
        services.AddTables<IngestionDb, IntakeTables>();
        services.AddBackendClient(IngestionApi.Service, TimeSpan.FromSeconds(10), sp => (TokenHeader, TokenOf(sp)));
        services.AddSingleton<IngestionApi>();
        services.AddSingleton<IKnownKeys, KnownKeys>();
        services.AddSingleton<CameraKeyCache>();
        services.AddSingleton<AnonymousIngestion>();
        services.AddSingleton<IntakeMetrics>();
        services.AddSingleton<IReadiness, IngestionReadiness>();
        services.AddScoped<ClipStore>();
        services.AddScoped<IObjectOwner, ClipObjects>();
        services.AddScoped<ClipReceiver>();
        services.AddHostedService<CameraKeyRefresher>();
        services.AddHostedService<InterruptedUploads>();
        services.AddHeartbeat(
            _ => new HeartbeatSource(IngestionApi.Service, "internal/ingestions/heartbeat", HeartbeatRegistration.ProcessName));
        services.AddConsumer<AnalysisRecordedHandler, AnalysisRecorded>(
            MessageJsonContext.Default.AnalysisRecorded, _ => new Subscription(Routes.ClipStatesQueue) { Concurrency = 2 });
        services.AddConsumer<CameraPurgedHandler, CameraPurged>(
            MessageJsonContext.Default.CameraPurged, _ => new Subscription(Routes.PurgesQueue));
        return services;
    }

    private static string? TokenOf(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ServiceTokenOptions>>().Value.Ingestion;

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        ReceiveClip.Map(routes);
        ShowClip.Map(routes);
    }
}
