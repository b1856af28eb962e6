using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Analysis;
using Siaga.Inference;
using Siaga.Inference.Onnx;
using Siaga.Scenes.Motion;
using Siaga.Scenes.OpenCv;
using Siaga.Video;
using Siaga.Video.Ffmpeg;
using Siaga.Video.OpenCv;
using Siaga.Web;

namespace Siaga.Composition.Worker;

/// <summary>The parts of the Worker, including native libraries. Its storage and broker are chosen elsewhere.</summary>
public static class WorkerService
{
    public static IServiceCollection AddWorker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSiagaWeb(configuration);
        services.AddSingleton<IVideoDecoder, OpenCvDecoder>();
        services.AddSingleton<IPictureMaker, OpenCvPictures>();
        services.AddSingleton<IPlayableMaker>(_ => new FfmpegCopies());
        services.AddSingleton<Func<IPointTracker>>(() => new OpenCvPointTracker());
        services.AddSingleton<IInferenceRuntime, OnnxInferenceRuntime>();
        services.AddAnalysis(configuration);
        return services;
    }

    /// <summary>
    /// Loads the model and creates the scratch folder now, so that a problem with them stops the start and not the first task.
    /// </summary>
    /// <exception cref="InvalidOperationException">One of them cannot be used; the message says why.</exception>
    public static void Verify(IServiceProvider services)
    {
        AnalysisFeature.RequireModel(services);
        AnalysisFeature.RequireScratchFolder(services);
    }
}
