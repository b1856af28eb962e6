using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Analysis;
using Siaga.Backend;
using Siaga.BlobStorage;
using Siaga.BlobStorage.Files;
using Siaga.Inference;
using Siaga.Inference.Onnx;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Scenes.Motion;
using Siaga.Scenes.OpenCv;
using Siaga.Video;
using Siaga.Video.Ffmpeg;
using Siaga.Video.OpenCv;
using Siaga.Web;

namespace Siaga.Tests.Analysis;

/// <summary>What a clip costs the Backend and the disk, with the sample model and a scene model of its camera.</summary>
public sealed class CallCountTests : IAsyncLifetime
{
    private const string Clip = "7/9/clip.mp4";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("siaga-calls-");
    private readonly ScriptedBackend _backend = new();
    private readonly CountingDecoder _decoder = new(new OpenCvDecoder());
    private ServiceProvider _services = null!;
    private int _minutes;

    private static string Samples => Path.Combine(AppContext.BaseDirectory, "samples");

    private FileBlobStorage Storage => (FileBlobStorage)_services.GetRequiredService<IBlobStorage>();

    public async ValueTask InitializeAsync()
    {
        _services = Build();
        _services.GetRequiredService<BackendAddress>().Set(new Uri("http://backend.test/"));
        await using var file = File.OpenRead(Path.Combine(Samples, "clips", "brawl-at-the-gate.mp4"));
        await using var upload = await Storage.BeginUploadAsync(Clip, default);
        await file.CopyToAsync(upload.Content);
        await upload.CommitAsync(Clip, default);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_clip_with_an_alarm_costs_two_calls_and_one_opening()
    {
        // The camera's first clip begins its scene model, and the next one learns of it.
        await AnalyseAsync("first");
        await AnalyseAsync("second");
        _backend.Calls.Clear();
        _decoder.Opened = 0;
        await AnalyseAsync("third");
        Assert.Equal(["POST /api/analyses", "PUT /internal/cameras/9/products"], _backend.Calls);
        Assert.Equal(1, _decoder.Opened);
        Assert.True(_backend.Report!.Anomaly);
        Assert.Equal(1, _backend.Report.Scene!.Version);

        var products = _backend.Products!;
        Assert.Equal(5, products.AnomalyPicture!.AnomalyId);
        Assert.Equal((1, "third"), (products.SceneUpdate!.Base, products.SceneUpdate.Name));
        foreach (var (key, size) in new[]
        {
            (products.AnomalyPicture.StorageKey, products.AnomalyPicture.Size),
            (products.CameraPicture!.StorageKey, products.CameraPicture.Size),
            ("7/9/scene/third_v1.lesson", products.SceneUpdate.Size),
        })
            Assert.Equal(size, (await Storage.FindAsync(key, TestContext.Current.CancellationToken))?.Size);
    }

    [Fact]
    public async Task The_answer_to_a_report_brings_the_version_for_the_next_clip()
    {
        await AnalyseAsync("first");
        await AnalyseAsync("second");
        var stale = _backend.Scene.StorageKey!;
        _backend.Scene = _backend.Scene with { Version = 2, StorageKey = "7/9/scene/other.scene" };
        await using (var old = (await Storage.OpenReadAsync(stale, TestContext.Current.CancellationToken))!)
        await using (var upload = await Storage.BeginUploadAsync("7/9/scene/other.scene", TestContext.Current.CancellationToken))
        {
            await old.CopyToAsync(upload.Content, TestContext.Current.CancellationToken);
            await upload.CommitAsync("7/9/scene/other.scene", TestContext.Current.CancellationToken);
        }

        await AnalyseAsync("third");
        Assert.Equal(1, _backend.Report!.Scene!.Version);
        await AnalyseAsync("fourth");
        Assert.Equal(2, _backend.Report.Scene!.Version);
    }

    [Fact]
    public async Task A_refused_update_is_tried_again_and_a_refused_camera_picture_is_not()
    {
        await AnalyseAsync("first");
        _backend.Refused = "camera_picture";
        Assert.Equal(HandlingResult.Done, await HandleAsync("second"));
        Assert.Null(await Storage.FindAsync("7/9/picture/second.jpg", TestContext.Current.CancellationToken));
        _backend.Refused = "scene_update";
        Assert.Equal("backend_unavailable", Assert.IsType<HandlingResult.RetryResult>(await HandleAsync("third")).AwayCode);
    }

    private async Task AnalyseAsync(string clip) => Assert.Equal(HandlingResult.Done, await HandleAsync(clip));

    private async Task<HandlingResult> HandleAsync(string clip)
    {
        await using var scope = _services.CreateAsyncScope();
        _minutes++;
        var task = new ClipStored
        {
            TaskId = clip,
            ClipId = clip,
            CameraId = "9",
            CompanyId = 7,
            VideoPath = Clip,
            OriginalFilename = "clip.mp4",
            Size = 1,
            Sha256 = new string('a', 64),
            CapturedAt = DateTimeOffset.UnixEpoch.AddMinutes(_minutes),
            ReceivedAt = DateTimeOffset.UnixEpoch.AddMinutes(_minutes),
        };
        return await scope.ServiceProvider.GetRequiredService<AnalyseStoredClip>().HandleAsync(task, TestContext.Current.CancellationToken);
    }

    private ServiceProvider Build()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Worker:Model"] = Path.Combine(Samples, "model.h5"),
            ["Worker:ScratchFolder"] = Path.Combine(_folder.FullName, "scratch"),
            ["ServiceTokens:Worker"] = "a-token-of-a-worker-for-tests-only",
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddSiagaWeb(configuration);
        services.AddSingleton<IBlobStorage>(new FileBlobStorage(
            new FileBlobOptions { Folder = Path.Combine(_folder.FullName, "blobs"), SigningKey = () => new byte[32] },
            TimeProvider.System));
        services.AddSingleton<IVideoDecoder>(_decoder);
        services.AddSingleton<IPictureMaker, OpenCvPictures>();
        services.AddSingleton<IPlayableMaker>(_ => new FfmpegCopies());
        services.AddSingleton<Func<IPointTracker>>(() => new OpenCvPointTracker());
        services.AddSingleton<IInferenceRuntime, OnnxInferenceRuntime>();
        services.AddAnalysis(configuration);
        services.ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(() => _backend));
        return services.BuildServiceProvider();
    }

    private sealed class CountingDecoder(IVideoDecoder inner) : IVideoDecoder
    {
        public int Opened { get; set; }

        public IVideoReader Open(string path)
        {
            Opened++;
            return inner.Open(path);
        }
    }

    /// <summary>Answers as the Backend does for a camera of company 7, and remembers what it was told.</summary>
    private sealed class ScriptedBackend : HttpMessageHandler
    {
        public List<string> Calls { get; } = [];

        public SceneInfo Scene { get; set; } = new("7/9/scene/", 0, null, IsReady: false, 1);

        public ReportAnalysisRequest? Report { get; private set; }

        public ClipProducts? Products { get; private set; }

        /// <summary>The part that it refuses; null for none.</summary>
        public string? Refused { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = $"{request.Method} {request.RequestUri!.AbsolutePath}";
            Calls.Add(call);
            return call switch
            {
                "GET /internal/cameras/9/scene" => Answer(Scene, MessageJsonContext.Default.SceneInfo),
                "POST /api/analyses" => await RecordAsync(request.Content!, cancellationToken),
                "POST /internal/cameras/9/scene/versions" => await PublishAsync(request.Content!, cancellationToken),
                "PUT /internal/cameras/9/products" => await StoreAsync(request.Content!, cancellationToken),
                _ => throw new InvalidOperationException($"Unexpected: {call}"),
            };
        }

        private static HttpResponseMessage Answer<T>(T body, JsonTypeInfo<T> type) =>
            new(HttpStatusCode.OK) { Content = JsonContent.Create(body, type) };

        private async Task<HttpResponseMessage> RecordAsync(HttpContent content, CancellationToken cancellationToken)
        {
            Report = await content.ReadFromJsonAsync(MessageJsonContext.Default.ReportAnalysisRequest, cancellationToken);
            return Answer(
                new Recorded(1, Report!.Anomaly ? 5 : null, Created: true) { Scene = Scene }, MessageJsonContext.Default.Recorded);
        }

        private async Task<HttpResponseMessage> PublishAsync(HttpContent content, CancellationToken cancellationToken)
        {
            var note = (await content.ReadFromJsonAsync(MessageJsonContext.Default.SceneVersionNote, cancellationToken))!;
            var version = note.Base + 1;
            Scene = Scene with { Version = version, StorageKey = $"{Scene.Folder}{version:D8}_{note.Sha256[..16]}.scene" };
            return new HttpResponseMessage(HttpStatusCode.OK);
        }

        private async Task<HttpResponseMessage> StoreAsync(HttpContent content, CancellationToken cancellationToken)
        {
            Products = await content.ReadFromJsonAsync(MessageJsonContext.Default.ClipProducts, cancellationToken);
            var update = JsonSerializer.SerializeToElement(
                new SceneUpdateAnswer(null, MergeDue: false, HasMoved: false, Scene.Version), MessageJsonContext.Default.SceneUpdateAnswer);
            var answer = new ClipProductsAnswer
            {
                AnomalyPicture = Products!.AnomalyPicture is null ? null : new ProductAnswer(200),
                CameraPicture = Products.CameraPicture is null ? null : new ProductAnswer(Refused == "camera_picture" ? 503 : 200),
                SceneUpdate = Products.SceneUpdate is null ? null : new ProductAnswer(Refused == "scene_update" ? 409 : 200, update),
            };
            return Answer(answer, MessageJsonContext.Default.ClipProductsAnswer);
        }
    }
}
