using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>The anomalies that workers report, and how people handle them.</summary>
public static class AnomaliesFeature
{
    /// <summary>Name of the meter for the time to alert.</summary>
    public const string MeterName = "Siaga.Anomalies";

    public static IServiceCollection AddAnomalies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<AnomaliesOptions, AnomaliesOptionsValidator>(configuration, AnomaliesOptions.Section);
        services.AddTables<BackendDb, AnomaliesModel>();
        services.AddHttpContextAccessor();
        services.AddSingleton<ClipUrls>();
        services.AddSingleton<AnomalyLinks>();
        services.AddSingleton<AnomalyPages>();
        services.AddSingleton<AlertMetrics>();
        services.AddSingleton<LatencyHistogram>();
        services.AddScoped<LatencyCounts>();
        services.AddScoped<AnalysisStore>();
        services.AddScoped<Answers>();
        services.AddScoped<IAnomalyRegistry, AnomalyRegistry>();
        services.AddScoped<IClipFindings, ClipFindings>();
        services.AddScoped<IWorkerActivity, WorkerReports>();
        services.AddScoped<ICameraEvidence, AnomalyEvidence>();
        services.AddScoped<IObjectOwner, PictureObjects>();
        services.AddScoped<ReportAnomaly.Reporting>();
        services.AddScoped<StorePicture.Handler>();
        services.AddScoped<IClipProduct>(sp => sp.GetRequiredService<StorePicture.Handler>());
        services.AddScoped<IEventRenderer, AnomalyEvents>();
        services.AddScoped<IEventRenderer, AnomalyChanges>();
        return services;
    }

    public static void MapAnomalies(this IEndpointRouteBuilder routes)
    {
        ReportAnalysis.Map(routes);
        ReportAnomaly.Map(routes);
        StorePicture.Map(routes);
        ListAnomalies.Map(routes);
        AcknowledgeAnomaly.Map(routes);
        ResolveAnomaly.Map(routes);
        ReopenAnomaly.Map(routes);
        ListAnalyses.Map(routes);
        MeasureLatency.Map(routes);
    }
}
