using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Siaga.Analysis;
using Siaga.Analysis.Detection;
using Siaga.Analysis.Scenes;
using Siaga.Messages;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Analysis;

public sealed class ClipDetectorsTests : IDisposable
{
    private readonly FakeServer _server = new(_ => FakeServer.Empty(HttpStatusCode.NotFound));
    private readonly FakeStorage _storage = new();
    private readonly ModelInUse _model = new(Options.Create(new WorkerOptions()), null!);

    public void Dispose()
    {
        _server.Dispose();
        _model.Dispose();
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_camera_is_asked_about_only_where_its_scene_matters(bool hasSceneDetector, int calls)
    {
        Assert.Null(await Detectors(hasSceneDetector).KnowAsync(9, CancellationToken.None));
        Assert.Equal(calls, _server.Asked.Count);
    }

    [Fact]
    public void A_clip_of_a_camera_that_is_gone_is_not_analysed_without_a_model()
    {
        var task = new ClipStored
        {
            TaskId = "t", ClipId = "c", CameraId = "9", CompanyId = 7, VideoPath = "7/9/c.mp4", OriginalFilename = "c.mp4", Size = 1,
            Sha256 = new string('a', 64), CapturedAt = default, ReceivedAt = default,
        };
        var result = Detectors(hasSceneDetector: true).Analyse("c.mp4", task, null, wantsCameraPicture: false, CancellationToken.None);
        Assert.Equal("camera_not_found", result.Error!.Code);
    }

    private ClipDetectors Detectors(bool hasSceneDetector)
    {
        var scenes = new SceneCache(new WorkerApi(_server.ToBackend()), new SceneStore(_storage), new FakeTimeProvider());
        return new ClipDetectors(null!, [], _model, scenes, null!, Options.Create(new WorkerOptions { Scene = hasSceneDetector }));
    }
}
