using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Siaga.Analysis.Detection;
using Siaga.Analysis.Playable;
using Siaga.Analysis.Scenes;
using Siaga.Backend;
using Siaga.Inference;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Scenes;
using Siaga.Scenes.Motion;
using Siaga.Video;
using Siaga.Web;

namespace Siaga.Analysis;

/// <summary>The worker's Keras model, if one is configured. Loaded once, before the first task.</summary>
internal sealed class ModelInUse : IDisposable
{
    public ModelInUse(IOptions<WorkerOptions> options, IInferenceRuntime runtime)
    {
        if (string.IsNullOrEmpty(options.Value.Model))
            return;
        var loaded = ClipModel.Load(options.Value.Model, null, runtime);
        Model = loaded.IsOk
            ? loaded.Value
            : throw new InvalidOperationException($"Worker:Model {options.Value.Model}: {loaded.Error.Message}");
    }

    /// <summary>Null when no model is configured.</summary>
    public ClipModel? Model { get; }

    public void Dispose() => Model?.Dispose();
}

/// <summary>Analyses stored clips and reports the results.</summary>
public static class AnalysisFeature
{
    /// <summary>Name of the meter for analysis durations, and of the activity source.</summary>
    public const string MeterName = "Siaga.Analysis";

    private const string TokenHeader = "X-Worker-Token";

    // An outage of Backend or storage that lasts a night must not turn clips into dead letters. With the subscription's delays, this many
    // attempts take about a day.
    private const int AttemptsOfADay = 300;

    public static IServiceCollection AddAnalysis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<WorkerOptions, WorkerOptionsValidator>(configuration, WorkerOptions.Section);
        services.AddSingleton<IValidateOptions<WorkerOptions>, DetectorRequiredValidator>();
        services.AddBackendClient(WorkerApi.Service, TimeSpan.FromSeconds(30), sp => (TokenHeader, TokenOf(sp)));
        services.AddSingleton<ClipAnalyser>();
        services.AddSingleton<ModelInUse>();
        services.AddSingleton(sp => new ScratchFolder(sp.GetRequiredService<IOptions<WorkerOptions>>()));
        services.AddSingleton<LocalClips>();
        services.AddSingleton<AnalysisMetrics>();
        services.AddSingleton<AnalysisSlots>();
        services.AddSingleton<IReadiness, WorkerReadiness>();
        services.AddSingleton<WorkerApi>();
        services.AddSingleton<ResultReporter>();
        services.AddSingleton<DetectionPass>();
        services.AddSingleton<IClipDetector>(sp => new ModelDetector(sp.GetRequiredService<ModelInUse>().Model));
        services.AddSingleton<IClipDetector, SceneClipDetector>();
        if (configuration.GetValue<bool>($"{WorkerOptions.Section}:{nameof(WorkerOptions.BlackPicture)}"))
            services.AddSingleton<IClipDetector, BlackPictureDetector>();
        services.AddSingleton<ClipPainter>();
        services.AddSingleton<ClipDetectors>();
        services.AddSingleton<ClipPictures>();
        services.AddSingleton<CameraPictures>();
        services.AddSingleton<PostReportSteps>();
        services.AddSingleton(sp => new SceneDetector(
            sp.GetRequiredService<IVideoDecoder>(), sp.GetRequiredService<Func<IPointTracker>>()));
        services.AddSingleton(sp => new SceneLearner(sp.GetRequiredService<IVideoDecoder>(), sp.GetRequiredService<Func<IPointTracker>>()));
        services.AddSingleton<SceneTrainer>();
        services.AddSingleton<SceneStore>();
        services.AddSingleton<SceneCache>();
        services.AddSingleton<SceneModelUpdater>();
        services.AddHeartbeat(sp => new HeartbeatSource(
            WorkerApi.Service, "internal/workers/heartbeat", sp.GetRequiredService<IOptions<WorkerOptions>>().Value.Name)
        {
            LastWorkAt = () => sp.GetRequiredService<ResultReporter>().LastReportAt,
        });
        services.AddConsumer<AnalyseStoredClip, ClipStored>(
            MessageJsonContext.Default.ClipStored,
            sp => new Subscription(Routes.AnalysisQueue)
            {
                Concurrency = sp.GetRequiredService<AnalysisSlots>().Hands,
                MaxAttempts = AttemptsOfADay,
                MaxDeaths = sp.GetRequiredService<IOptions<WorkerOptions>>().Value.MaxDeaths,
                SuspectsAlone = true,
            });
        services.AddConsumer<LearnNormalClip, ClipIsNormal>(
            MessageJsonContext.Default.ClipIsNormal, _ => new Subscription(Routes.NormalClipsQueue) { SuspectsAlone = true });
        services.AddConsumer<MakePlayableCopy, PlayableWanted>(
            MessageJsonContext.Default.PlayableWanted, _ => new Subscription(Routes.PlayableCopiesQueue) { SuspectsAlone = true });
        return services;
    }

    private static string? TokenOf(IServiceProvider services) => services.GetRequiredService<IOptions<ServiceTokenOptions>>().Value.Worker;

    /// <summary>Loads the model now, so that an unusable one stops the start instead of failing the first task.</summary>
    /// <exception cref="InvalidOperationException">The model cannot be used; the message says why.</exception>
    public static void RequireModel(IServiceProvider services) => services.GetRequiredService<ModelInUse>();

    /// <summary>Creates the scratch folder now, and removes what killed workers left.</summary>
    /// <exception cref="InvalidOperationException">The folder cannot be used; the message says why.</exception>
    public static void RequireScratchFolder(IServiceProvider services) => services.GetRequiredService<ScratchFolder>();
}
