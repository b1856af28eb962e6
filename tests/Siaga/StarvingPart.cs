using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Web;

namespace Siaga.Tests.Siaga;

/// <summary>
/// A service in the real host: <c>POST /starve</c> blocks every thread of the thread pool for ever, as a deadlock does.
/// </summary>
internal static class StarvingPart
{
    private const int Threads = 16;

    public static ServicePart Create() => new("starving", 0)
    {
        Add = (services, configuration) => services.AddSiagaWeb(configuration),
        Map = app => app.MapPost("/starve", Starve).AllowAnonymous(),
        BackendUrlSetting = "Ingestion:BackendUrl",
    };

    private static IResult Starve()
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        ThreadPool.SetMaxThreads(Threads, Threads);
        for (var i = 0; i < Threads * 2; i++)
            ThreadPool.QueueUserWorkItem(_ => new ManualResetEventSlim().Wait());
        return Results.Ok();
    }
}
