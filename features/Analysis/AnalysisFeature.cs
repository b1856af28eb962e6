using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Siaga.Inference;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Web;

namespace Siaga.Analysis;

/// <summary>The model that this worker asks, loaded once, before the first task.</summary>
internal sealed class ModelInUse : IDisposable
{
    public ModelInUse(IOptions<WorkerOptions> options, IInferenceRuntime runtime)
    {
        var loaded = ClipModel.Load(options.Value.Model, null, runtime);
        Model = loaded.IsOk ? loaded.Value : throw new InvalidOperationException($"Worker:Model {options.Value.Model}: {loaded.Error.Message}");
    }

    public ClipModel Model { get; }

    public void Dispose() => Model.Dispose();
}

/// <summary>Stored clips are analysed and their results reported.</summary>
public static class AnalysisFeature
{
    /// <summary>The meter of how long analyses take, and the source of their spans.</summary>
    public const string MeterName = "Siaga.Analysis";

    public static IServiceCollection AddAnalysis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<WorkerOptions, WorkerOptionsValidator>(configuration, WorkerOptions.Section);
        services.TryAddSingleton<BackendAddress>();
        services.AddHttpClient(ResultReporter.ClientName, client => client.Timeout = TimeSpan.FromSeconds(30));
        services.AddSingleton<ClipAnalyser>();
        services.AddSingleton<ModelInUse>();
        services.AddSingleton<AnalysisMetrics>();
        services.AddSingleton<AnalysisSlots>();
        services.AddSingleton<ResultReporter>();
        services.AddConsumer<AnalyseStoredClip>(sp =>
            new Subscription(Routes.AnalysisQueue) { Concurrency = sp.GetRequiredService<AnalysisSlots>().Hands });
        return services;
    }

    /// <summary>Loads the model now, so that one that cannot be used stops the start and not the first task.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used; the message says why.</exception>
    public static void RequireModel(IServiceProvider services) => services.GetRequiredService<ModelInUse>();

    /// <summary>Looks at the worker's settings where no worker runs.</summary>
    /// <exception cref="InvalidOperationException">One of them is unknown.</exception>
    public static void RequireKnownSettings(IConfiguration configuration) =>
        configuration.GetSection(WorkerOptions.Section).Get<WorkerOptions>(binder => binder.ErrorOnUnknownConfiguration = true);
}
